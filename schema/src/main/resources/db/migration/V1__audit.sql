-- The append-only audit trail. Everything is made by, and belongs to, a role that nobody can log in as.
SET LOCAL ROLE drillmaster_owner;

ALTER DEFAULT PRIVILEGES FOR ROLE drillmaster_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE ALL ON SCHEMA ledger, compliance FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO drillmaster_writer;
GRANT USAGE ON SCHEMA compliance TO drillmaster_reader;

COMMENT ON SCHEMA ledger IS
  'What Drillmaster did: the append-only audit trail, and the present state of every run that the trail explains. Written by drillmaster_writer only.';
COMMENT ON SCHEMA compliance IS
  'Views for compliance staff. Readable by drillmaster_reader; nothing here can be written.';

CREATE TABLE ledger.audit_event (
  month date NOT NULL,
  id uuid NOT NULL,
  run_id uuid NOT NULL,
  execution_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  assurance text NOT NULL,
  payload jsonb NOT NULL,
  recipe smallint NOT NULL,
  canonical bytea NOT NULL,
  leaf_hash bytea NOT NULL,
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT audit_event_pkey PRIMARY KEY (month, id),
  CONSTRAINT audit_event_month_is_first_day CHECK (extract(day FROM month) = 1),
  CONSTRAINT audit_event_kind_is_named CHECK (kind <> ''),
  CONSTRAINT audit_event_actor_is_named CHECK (actor <> ''),
  CONSTRAINT audit_event_assurance_is_known CHECK (assurance IN ('declared', 'identity', 'principal', 'system')),
  CONSTRAINT audit_event_payload_is_object CHECK (jsonb_typeof(payload) = 'object'),
  CONSTRAINT audit_event_recipe_is_numbered CHECK (recipe >= 1),
  CONSTRAINT audit_event_leaf_hash_is_of_canonical CHECK (leaf_hash = sha256('\x00'::bytea || canonical))
) PARTITION BY LIST (month);

CREATE INDEX audit_event_run ON ledger.audit_event (run_id, recorded_at);

COMMENT ON TABLE ledger.audit_event IS
  'One row for each thing that happened in a run. Append-only: no role can change or remove a row. Kept in one partition per month.';
COMMENT ON COLUMN ledger.audit_event.month IS
  'First day of the month (UTC) in which the run started. All rows of a run carry the same month, however long it takes.';
COMMENT ON COLUMN ledger.audit_event.id IS
  'Identity of the event, computed from what it describes, so that writing it a second time writes nothing.';
COMMENT ON COLUMN ledger.audit_event.run_id IS
  'The run that the event belongs to: the first Temporal execution of the run.';
COMMENT ON COLUMN ledger.audit_event.execution_id IS
  'The Temporal execution that wrote the event. Differs from run_id after an operator has reset the workflow.';
COMMENT ON COLUMN ledger.audit_event.occurred_at IS
  'When it happened, by the clock of whoever saw it happen.';
COMMENT ON COLUMN ledger.audit_event.kind IS
  'What happened: the stable name of the kind of event, such as fault-injected.';
COMMENT ON COLUMN ledger.audit_event.actor IS
  'Who did it: a person, or a part of Drillmaster.';
COMMENT ON COLUMN ledger.audit_event.assurance IS
  'How sure it is who did it: declared (said so), identity (as the client named itself to Temporal), principal (derived by the Temporal server from credentials), system (Drillmaster itself).';
COMMENT ON COLUMN ledger.audit_event.payload IS
  'The particulars of the event, for queries.';
COMMENT ON COLUMN ledger.audit_event.recipe IS
  'Version of the rule by which the canonical bytes were made.';
COMMENT ON COLUMN ledger.audit_event.canonical IS
  'The event as canonical bytes. What the other columns say must agree with them; these bytes are what is hashed.';
COMMENT ON COLUMN ledger.audit_event.leaf_hash IS
  'SHA-256 of a zero byte followed by the canonical bytes: the leaf of the event in a Merkle tree (RFC 6962). Checked by the database.';
COMMENT ON COLUMN ledger.audit_event.transaction_id IS
  'The database transaction that wrote the row, set by the database. The state that the event describes was changed by the same transaction.';
COMMENT ON COLUMN ledger.audit_event.recorded_at IS
  'When the row was written, by the clock of the database, set by the database.';

CREATE FUNCTION ledger.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% on %.% refused: audit rows are append-only for every role, so that they can prove what happened',
      TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation',
      HINT = 'To correct a row, record another event that says what is right.';
END
$$;
COMMENT ON FUNCTION ledger.refuse_change() IS
  'Trigger that refuses every change and removal of audit rows, whoever asks, and says why.';

-- Two triggers, both ALWAYS, so that session_replication_role = replica does not silence them. The one per statement also
-- refuses TRUNCATE and changes that match no row. The one per row is copied by PostgreSQL to every partition, however
-- attached, and is the one that a logical replication subscriber fires.
CREATE TRIGGER append_only_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_row BEFORE UPDATE OR DELETE ON ledger.audit_event
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
ALTER TABLE ledger.audit_event ENABLE ALWAYS TRIGGER append_only_statement;
ALTER TABLE ledger.audit_event ENABLE ALWAYS TRIGGER append_only_row;

-- By column: the writer can set neither transaction_id nor recorded_at, and reads no more than a repeated write needs.
GRANT INSERT (month, id, run_id, execution_id, occurred_at, kind, actor, assurance, payload, recipe, canonical, leaf_hash)
  ON ledger.audit_event TO drillmaster_writer;
GRANT SELECT (month, id, leaf_hash) ON ledger.audit_event TO drillmaster_writer;

CREATE FUNCTION ledger.open_month(first_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part text;
  attached boolean;
BEGIN
  IF first_day IS NULL OR first_day NOT BETWEEN date '2000-01-01' AND date '9999-12-01' OR extract(day FROM first_day) <> 1 THEN
    RAISE EXCEPTION 'not the first day of a month: %', coalesce(first_day::text, 'null')
      USING ERRCODE = 'invalid_parameter_value', HINT = 'Give the first day of the UTC month in which the run started.';
  END IF;
  part := 'audit_event_' || to_char(first_day, 'YYYY_MM');

  FOR attempt IN 1..2 LOOP
    SELECT c.relispartition INTO attached FROM pg_class c
      WHERE c.relnamespace = 'ledger'::regnamespace AND c.relname = part;
    IF attached THEN
      RETURN false;
    ELSIF attached IS NOT NULL THEN
      RAISE EXCEPTION 'the audit rows of % were archived: ledger.% is detached', first_day, part
        USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'A run that started in that month cannot be written any more.';
    END IF;
    -- Looked once without the lock, since the partition is nearly always there, and once more under it.
    PERFORM pg_advisory_xact_lock(hashtextextended('ledger.open_month', 0));
  END LOOP;

  -- Made apart and then attached: CREATE TABLE ... PARTITION OF would lock the parent against all writers and wait for
  -- every transaction in progress; ATTACH does neither.
  EXECUTE format('CREATE TABLE ledger.%I (LIKE ledger.audit_event INCLUDING ALL)', part);
  EXECUTE format('COMMENT ON TABLE ledger.%I IS %L', part,
    'Audit events of runs that started in ' || to_char(first_day, 'YYYY-MM') || ' (UTC).');
  EXECUTE format('CREATE TRIGGER append_only_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.%I'
    ' FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()', part);
  EXECUTE format('ALTER TABLE ledger.audit_event ATTACH PARTITION ledger.%I FOR VALUES IN (%L)', part, first_day);
  EXECUTE format('ALTER TABLE ledger.%I ENABLE ALWAYS TRIGGER append_only_statement', part);
  EXECUTE format('ALTER TABLE ledger.%I ENABLE ALWAYS TRIGGER append_only_row', part);
  RETURN true;
END
$$;
COMMENT ON FUNCTION ledger.open_month(date) IS
  'Makes the partition for the audit events of runs that start in the month that begins on this day. True if it was made, false if it was there. To be called in a transaction of its own, before the first event of a run.';
GRANT EXECUTE ON FUNCTION ledger.open_month(date) TO drillmaster_writer;
