-- Every object that people meet, with its comment: schemas, then tables and views with their columns, then functions.
WITH relation AS (
  SELECT c.oid, c.relname, n.nspname,
    CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END AS kind
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('ledger', 'compliance') AND c.relkind IN ('r', 'p', 'v')
    AND c.relname <> 'flyway_schema_history'
),
described (schema_name, kind, object, column_name, type, position, comment) AS (
  SELECT nspname, 'schema', '', NULL, NULL, 0, coalesce(obj_description(oid, 'pg_namespace'), '')
  FROM pg_namespace WHERE nspname IN ('ledger', 'compliance')
  UNION ALL
  SELECT nspname, kind, relname, NULL, NULL, 0, coalesce(obj_description(oid, 'pg_class'), '') FROM relation
  UNION ALL
  SELECT r.nspname, 'column', r.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnum, coalesce(col_description(r.oid, a.attnum), '')
  FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT n.nspname, 'function', p.oid::regprocedure::text, NULL, NULL, 9999, coalesce(obj_description(p.oid, 'pg_proc'), '')
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('ledger', 'compliance')
)
SELECT * FROM described ORDER BY schema_name COLLATE "C", object COLLATE "C", position
