-- Runs before every migration and changes nothing when all is there. It is no migration itself, because roles belong to
-- the whole server and must exist before the first migration can act as the owner.
DO $prepare$
DECLARE
  ours text;
  holder text;
BEGIN
  -- CREATE SCHEMA IF NOT EXISTS is no help against somebody who makes the same one at the same time.
  PERFORM pg_advisory_xact_lock(hashtextextended('drillmaster prepares a ledger', 0));

  FOREACH ours IN ARRAY ARRAY['drillmaster_owner', 'drillmaster_writer', 'drillmaster_reader'] LOOP
    IF to_regrole(ours) IS NULL THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', ours);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- Somebody who prepares another database of this server was faster.
      END;
    END IF;
  END LOOP;

  -- An administrator who is not a superuser may have made the owner and yet not be able to act as it.
  IF NOT pg_has_role('drillmaster_owner', 'USAGE') THEN
    GRANT drillmaster_owner TO CURRENT_USER;
  END IF;

  FOREACH ours IN ARRAY ARRAY['ledger', 'compliance'] LOOP
    SELECT pg_get_userbyid(nspowner) INTO holder FROM pg_namespace WHERE nspname = ours;
    IF holder IS NULL THEN
      EXECUTE format('CREATE SCHEMA %I AUTHORIZATION drillmaster_owner', ours);
    ELSIF holder <> 'drillmaster_owner' THEN
      RAISE EXCEPTION 'database % has a schema "%" that belongs to %', current_database(), ours, holder
        USING HINT = 'Use a database of its own for the ledger, or rename that schema.';
    END IF;
    holder := NULL;
  END LOOP;
END
$prepare$
