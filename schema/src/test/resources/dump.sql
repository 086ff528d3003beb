-- The whole of the ledger's two schemas as text, from the catalogue: the embedded PostgreSQL has no pg_dump.
WITH ours AS (
  SELECT c.*, format('%I.%I', n.nspname, c.relname) AS full_name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('ledger', 'compliance') AND c.relname NOT LIKE 'flyway_schema_history%'
),
privileges (object, acl, owner) AS (
  SELECT 'schema ' || nspname, nspacl, nspowner FROM pg_namespace WHERE nspname IN ('ledger', 'compliance')
  UNION ALL
  SELECT full_name, relacl, relowner FROM ours WHERE relkind IN ('r', 'p', 'v')
  UNION ALL
  SELECT o.full_name || '.' || a.attname, a.attacl, o.relowner
  FROM pg_attribute a JOIN ours o ON o.oid = a.attrelid WHERE a.attacl IS NOT NULL
  UNION ALL
  SELECT p.oid::regprocedure::text, coalesce(p.proacl, acldefault('f', p.proowner)), p.proowner
  FROM pg_proc p WHERE p.pronamespace IN ('ledger'::regnamespace, 'compliance'::regnamespace)
  UNION ALL
  SELECT 'functions to come, made by ' || defaclrole::regrole, defaclacl, defaclrole FROM pg_default_acl
),
lines (part, sort_key, line) AS (
  -- Whether writer and reader may log in is for whoever operates the server.
  SELECT 1, rolname::text, format('role %s: %ssuperuser %s, create role %s, create database %s, bypass row security %s',
    rolname, CASE rolname WHEN 'drillmaster_owner' THEN format('login %s, ', rolcanlogin) END,
    rolsuper, rolcreaterole, rolcreatedb, rolbypassrls)
  FROM pg_roles WHERE rolname IN ('drillmaster_owner', 'drillmaster_writer', 'drillmaster_reader')
  UNION ALL
  SELECT 2, full_name, format('%s %s owned by %s%s',
    CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view' ELSE 'relation ' || relkind::text END,
    full_name, relowner::regrole,
    coalesce(', partition ' || pg_get_expr(relpartbound, oid), ', by ' || pg_get_partkeydef(oid), ''))
  FROM ours WHERE relkind NOT IN ('i', 'I')
  UNION ALL
  SELECT 3, o.full_name || to_char(a.attnum, '000'), format('column %s.%s %s%s%s', o.full_name, a.attname,
    format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
    coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''))
  FROM pg_attribute a JOIN ours o ON o.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = o.oid AND d.adnum = a.attnum
  WHERE o.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  -- Without the NOT NULLs, which stand with the columns and are constraints from PostgreSQL 18 on only.
  SELECT 4, o.full_name || c.conname, format('constraint %s on %s %s', c.conname, o.full_name, pg_get_constraintdef(c.oid))
  FROM pg_constraint c JOIN ours o ON o.oid = c.conrelid WHERE c.contype <> 'n' AND c.conparentid = 0
  UNION ALL
  SELECT 5, o.full_name, pg_get_indexdef(o.oid) FROM ours o WHERE o.relkind IN ('i', 'I')
  UNION ALL
  SELECT 6, o.full_name || t.tgname, format('%s, enabled %s', pg_get_triggerdef(t.oid),
    CASE t.tgenabled WHEN 'A' THEN 'always' WHEN 'O' THEN 'unless a replica' ELSE t.tgenabled::text END)
  FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid WHERE NOT t.tgisinternal OR t.tgparentid <> 0 AND t.tgconstraint = 0
  UNION ALL
  SELECT 7, p.object || grantee_name || e.privilege_type, format('%s on %s to %s%s', lower(e.privilege_type), p.object, grantee_name,
    CASE WHEN e.is_grantable THEN ' with grant option' ELSE '' END)
  FROM privileges p, aclexplode(p.acl) e, coalesce(nullif(e.grantee, 0)::regrole::text, 'public') AS grantee_name
  WHERE e.grantee <> p.owner
  UNION ALL
  SELECT 8, p.oid::regprocedure::text, pg_get_functiondef(p.oid) || 'owned by ' || p.proowner::regrole
  FROM pg_proc p WHERE p.pronamespace IN ('ledger'::regnamespace, 'compliance'::regnamespace)
  UNION ALL
  SELECT 9, full_name, format(E'view %s as\n%s', full_name, pg_get_viewdef(oid)) FROM ours WHERE relkind = 'v'
)
SELECT line FROM lines ORDER BY part, sort_key COLLATE "C", line COLLATE "C"
