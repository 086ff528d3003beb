-- Admission: who may run now, what was refused, and the global stop. Whoever admits locks the row of the limits first, so
-- that one admission follows the other.
SET LOCAL ROLE drillmaster_owner;

CREATE TABLE ledger.system_limit (
  only_row boolean NOT NULL DEFAULT true,
  max_concurrent_runs integer NOT NULL DEFAULT 3,
  max_duration_seconds numeric NOT NULL DEFAULT 3600,
  production_allowed boolean NOT NULL DEFAULT false,
  changed_by text,
  reason text,
  changed_at timestamptz,
  run_id uuid,
  month date,
  audit_id uuid,
  CONSTRAINT system_limit_pkey PRIMARY KEY (only_row),
  CONSTRAINT system_limit_is_one_row CHECK (only_row),
  CONSTRAINT system_limit_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT system_limit_max_concurrent_runs_is_not_negative CHECK (max_concurrent_runs >= 0),
  CONSTRAINT system_limit_max_duration_is_positive CHECK (max_duration_seconds > 0)
);
INSERT INTO ledger.system_limit DEFAULT VALUES;

COMMENT ON TABLE ledger.system_limit IS 'The limits that hold for all runs together: one row. Locked by every admission, so that one follows the other.';
COMMENT ON COLUMN ledger.system_limit.only_row IS 'Always true: there is one row.';
COMMENT ON COLUMN ledger.system_limit.max_concurrent_runs IS 'How many runs may have a permit at the same time. Zero: none is admitted.';
COMMENT ON COLUMN ledger.system_limit.max_duration_seconds IS 'The longest that a plan may be allowed to take, its rollback not counted, in seconds.';
COMMENT ON COLUMN ledger.system_limit.production_allowed IS 'Whether plans for the environment production may run.';
COMMENT ON COLUMN ledger.system_limit.changed_by IS 'Who changed the limits last. Empty while they are as they were made.';
COMMENT ON COLUMN ledger.system_limit.reason IS 'Why they were changed. Empty while they are as they were made.';
COMMENT ON COLUMN ledger.system_limit.changed_at IS 'When they were changed. Empty while they are as they were made.';
COMMENT ON COLUMN ledger.system_limit.run_id IS 'The command that changed them. Empty while they are as they were made.';

CREATE TABLE ledger.permit (
  run_id uuid NOT NULL,
  workflow_id text NOT NULL,
  execution_id uuid NOT NULL,
  targets text[] NOT NULL,
  ticket bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  state text NOT NULL,
  asked_at timestamptz NOT NULL,
  waits_until timestamptz,
  granted_at timestamptz,
  latest_end timestamptz,
  released_at timestamptz,
  refused_at timestamptz,
  refused_for text,
  reason text,
  month date NOT NULL,
  audit_id uuid NOT NULL,
  CONSTRAINT permit_pkey PRIMARY KEY (run_id),
  CONSTRAINT permit_ticket_is_of_one UNIQUE (ticket),
  CONSTRAINT permit_of_run FOREIGN KEY (run_id, month) REFERENCES ledger.run (run_id, month),
  CONSTRAINT permit_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT permit_state_is_known CHECK (state IN ('waiting', 'granted', 'released', 'refused')),
  CONSTRAINT permit_waits_until_known CHECK (state <> 'waiting' OR waits_until IS NOT NULL),
  CONSTRAINT permit_is_granted_to_an_end CHECK (state <> 'granted' OR (granted_at IS NOT NULL AND latest_end > granted_at)),
  CONSTRAINT permit_is_refused_with_reason CHECK (state <> 'refused' OR (refused_at IS NOT NULL AND refused_for <> '' AND reason <> '')),
  CONSTRAINT permit_is_released_when CHECK (state <> 'released' OR released_at IS NOT NULL)
);
CREATE INDEX permit_open ON ledger.permit (ticket) WHERE state IN ('waiting', 'granted');

COMMENT ON TABLE ledger.permit IS 'One row per run that asked to be admitted: whether it may act, on what, and until when.';
COMMENT ON COLUMN ledger.permit.run_id IS 'The run. It keeps its permit when it is reset.';
COMMENT ON COLUMN ledger.permit.workflow_id IS 'The name of the run in Temporal and on the command line.';
COMMENT ON COLUMN ledger.permit.execution_id IS 'The Temporal execution that asked last. Differs from run_id after an operator has reset the workflow.';
COMMENT ON COLUMN ledger.permit.targets IS 'What the run may act on, by name. No two permits in force have a target in common.';
COMMENT ON COLUMN ledger.permit.ticket IS 'The place in the order in which runs asked: first come, first served. Numbers may be missing.';
COMMENT ON COLUMN ledger.permit.state IS 'waiting, granted (in force until it is released or its latest end comes), released (the run is over) or refused.';
COMMENT ON COLUMN ledger.permit.asked_at IS 'When the run asked, by the clock of the database.';
COMMENT ON COLUMN ledger.permit.waits_until IS 'How long the run waits to be admitted. Empty if it does not wait.';
COMMENT ON COLUMN ledger.permit.granted_at IS 'When the run was admitted, by the clock of the database. Empty if it was not.';
COMMENT ON COLUMN ledger.permit.latest_end IS 'Until when the permit counts, even if nobody releases it: the longest that the run and its rollback may take. Empty if it was not granted.';
COMMENT ON COLUMN ledger.permit.released_at IS 'When the run was over. Empty before that.';
COMMENT ON COLUMN ledger.permit.refused_at IS 'When the run was refused, by the clock of the database. Empty if it was not.';
COMMENT ON COLUMN ledger.permit.refused_for IS 'The stable name of what it was refused for: global-stop, concurrency, target-busy, max-duration, production, over or no-answer. Empty if it was not refused.';
COMMENT ON COLUMN ledger.permit.reason IS 'Why the run waited when it began to wait, or why it was refused: a sentence. Empty if it was admitted at once.';

CREATE TABLE ledger.global_stop (
  stop_id uuid NOT NULL,
  stopped_at timestamptz NOT NULL,
  stopped_by text NOT NULL,
  reason text NOT NULL,
  assurance text NOT NULL,
  hosts jsonb NOT NULL,
  resumed_at timestamptz,
  resumed_by text,
  resume_reason text,
  resume_assurance text,
  run_id uuid NOT NULL,
  month date NOT NULL,
  audit_id uuid NOT NULL,
  CONSTRAINT global_stop_pkey PRIMARY KEY (stop_id),
  CONSTRAINT global_stop_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT global_stop_has_reason CHECK (reason <> ''),
  CONSTRAINT global_stop_hosts_are_a_list CHECK (jsonb_typeof(hosts) = 'array'),
  CONSTRAINT global_stop_assurance_is_known CHECK (
    assurance IN ('declared', 'identity', 'principal', 'system')
    AND resume_assurance IN ('declared', 'identity', 'principal', 'system')),
  CONSTRAINT global_stop_ends_with_reason CHECK (
    (resumed_at IS NULL) = (resumed_by IS NULL) AND (resumed_at IS NULL) = (resume_reason IS NULL)
    AND (resumed_at IS NULL) = (resume_assurance IS NULL) AND resume_reason <> '')
);
CREATE INDEX global_stop_open ON ledger.global_stop (stopped_at) WHERE resumed_at IS NULL;

COMMENT ON TABLE ledger.global_stop IS 'One row per time that everything was stopped. While one of them is not resumed, no run is admitted.';
COMMENT ON COLUMN ledger.global_stop.stop_id IS 'The stop.';
COMMENT ON COLUMN ledger.global_stop.stopped_at IS 'When it was commanded.';
COMMENT ON COLUMN ledger.global_stop.stopped_by IS 'Who commanded it.';
COMMENT ON COLUMN ledger.global_stop.reason IS 'Why, in the words of who commanded it.';
COMMENT ON COLUMN ledger.global_stop.assurance IS 'How sure it is who commanded it: declared, identity, principal or system, as in ledger.audit_event.';
COMMENT ON COLUMN ledger.global_stop.hosts IS 'What each host healed when it was told to, and in which time, as far as it was known when this was written.';
COMMENT ON COLUMN ledger.global_stop.resumed_at IS 'When runs were allowed again. Empty while everything is stopped.';
COMMENT ON COLUMN ledger.global_stop.resumed_by IS 'Who allowed runs again. Empty while everything is stopped.';
COMMENT ON COLUMN ledger.global_stop.resume_reason IS 'Why runs were allowed again. Empty while everything is stopped.';
COMMENT ON COLUMN ledger.global_stop.resume_assurance IS 'How sure it is who allowed runs again. Empty while everything is stopped.';
COMMENT ON COLUMN ledger.global_stop.run_id IS 'The command that changed this row last: the one that stopped, then the one that resumed. Its audit events carry it as theirs.';

DO $each$
DECLARE
  state_table text;
BEGIN
  FOREACH state_table IN ARRAY ARRAY['system_limit', 'permit', 'global_stop'] LOOP
    EXECUTE format('COMMENT ON COLUMN ledger.%I.month IS %L', state_table,
      'First day of the month (UTC) in which the run or the command started. With audit_id: the audit event that last changed this row.');
    EXECUTE format('COMMENT ON COLUMN ledger.%I.audit_id IS %L', state_table,
      'The audit event that last changed this row, written by the same transaction.');
    EXECUTE format('CREATE TRIGGER audited AFTER INSERT OR UPDATE ON ledger.%I'
      ' FOR EACH ROW EXECUTE FUNCTION ledger.refuse_unaudited_change()', state_table);
    EXECUTE format('GRANT SELECT ON ledger.%I TO drillmaster_writer', state_table);
  END LOOP;
END
$each$;

-- By column: what says who asked for what stands for ever; a limit is changed, never added. Whoever locks the row of the
-- limits needs the right to change it.
GRANT UPDATE (max_concurrent_runs, max_duration_seconds, production_allowed, changed_by, reason, changed_at, run_id, month, audit_id)
  ON ledger.system_limit TO drillmaster_writer;
GRANT INSERT (run_id, workflow_id, execution_id, targets, state, asked_at, waits_until, granted_at, latest_end, refused_at,
  refused_for, reason, month, audit_id) ON ledger.permit TO drillmaster_writer;
GRANT UPDATE (execution_id, targets, state, asked_at, waits_until, granted_at, latest_end, released_at, refused_at,
  refused_for, reason, audit_id) ON ledger.permit TO drillmaster_writer;
GRANT INSERT (stop_id, stopped_at, stopped_by, reason, assurance, hosts, run_id, month, audit_id)
  ON ledger.global_stop TO drillmaster_writer;
GRANT UPDATE (resumed_at, resumed_by, resume_reason, resume_assurance, run_id, month, audit_id)
  ON ledger.global_stop TO drillmaster_writer;

COMMENT ON TABLE ledger.audit_event IS
  'One row for each thing that happened in a run or a campaign, or by a command for all of them. Append-only: no role can change or remove a row. Kept in one partition per month.';
COMMENT ON COLUMN ledger.audit_event.run_id IS
  'The run or the campaign that the event belongs to: its first Temporal execution. Of a command for all runs: the command.';
COMMENT ON COLUMN compliance.audit_trail.run_id IS 'The run, the campaign or the command that the event belongs to.';

CREATE VIEW compliance.permits AS
SELECT
  p.run_id,
  p.workflow_id AS run,
  r.plan_name AS plan,
  r.environment,
  r.requester,
  p.targets,
  p.ticket,
  p.state,
  p.asked_at,
  p.granted_at,
  round(extract(epoch FROM p.granted_at - p.asked_at), 3) AS waited_seconds,
  p.latest_end,
  p.released_at
FROM ledger.permit p
JOIN ledger.run r USING (run_id);

COMMENT ON VIEW compliance.permits IS 'One line per run that asked to be admitted: what it may act on, from when until when, and how long it waited.';
COMMENT ON COLUMN compliance.permits.run_id IS 'The run.';
COMMENT ON COLUMN compliance.permits.run IS 'The name of the run in Temporal and on the command line.';
COMMENT ON COLUMN compliance.permits.plan IS 'The name of the plan.';
COMMENT ON COLUMN compliance.permits.environment IS 'Where the target stands, such as lab or production.';
COMMENT ON COLUMN compliance.permits.requester IS 'Who asked for the run.';
COMMENT ON COLUMN compliance.permits.targets IS 'What the run may act on, by name.';
COMMENT ON COLUMN compliance.permits.ticket IS 'The place in the order in which runs asked. Numbers may be missing.';
COMMENT ON COLUMN compliance.permits.state IS 'waiting, granted (in force until it is released or its latest end comes), released (the run is over) or refused.';
COMMENT ON COLUMN compliance.permits.asked_at IS 'When the run asked.';
COMMENT ON COLUMN compliance.permits.granted_at IS 'When it was admitted. Empty if it was not.';
COMMENT ON COLUMN compliance.permits.waited_seconds IS 'From asked to admitted, in seconds. Empty if it was not admitted.';
COMMENT ON COLUMN compliance.permits.latest_end IS 'Until when the permit counts, even if nobody releases it. Empty if it was not admitted.';
COMMENT ON COLUMN compliance.permits.released_at IS 'When the run was over. Empty before that.';

CREATE VIEW compliance.refusals AS
SELECT
  p.run_id,
  p.workflow_id AS run,
  r.plan_name AS plan,
  r.environment,
  r.requester,
  p.targets,
  p.asked_at,
  p.refused_at,
  p.refused_for,
  p.reason
FROM ledger.permit p
JOIN ledger.run r USING (run_id)
WHERE p.state = 'refused';

COMMENT ON VIEW compliance.refusals IS 'One line per run that was not admitted: what for, and why. Nothing was done by these runs.';
COMMENT ON COLUMN compliance.refusals.run_id IS 'The run.';
COMMENT ON COLUMN compliance.refusals.run IS 'The name of the run in Temporal and on the command line.';
COMMENT ON COLUMN compliance.refusals.plan IS 'The name of the plan.';
COMMENT ON COLUMN compliance.refusals.environment IS 'Where the target stands, such as lab or production.';
COMMENT ON COLUMN compliance.refusals.requester IS 'Who asked for the run.';
COMMENT ON COLUMN compliance.refusals.targets IS 'What the run wanted to act on, by name.';
COMMENT ON COLUMN compliance.refusals.asked_at IS 'When the run asked.';
COMMENT ON COLUMN compliance.refusals.refused_at IS 'When it was refused, which is later if it waited.';
COMMENT ON COLUMN compliance.refusals.refused_for IS 'The stable name of what it was refused for: global-stop, concurrency, target-busy, max-duration, production, over or no-answer.';
COMMENT ON COLUMN compliance.refusals.reason IS 'Why it was refused: a sentence.';

CREATE VIEW compliance.global_stops AS
SELECT
  stop_id,
  stopped_at,
  stopped_by,
  reason,
  assurance,
  hosts,
  resumed_at,
  resumed_by,
  resume_reason,
  resume_assurance,
  resumed_at IS NULL AS in_force
FROM ledger.global_stop;

COMMENT ON VIEW compliance.global_stops IS 'One line per time that everything was stopped: who stopped it and why, what was healed, who allowed runs again and why.';
COMMENT ON COLUMN compliance.global_stops.stop_id IS 'The stop.';
COMMENT ON COLUMN compliance.global_stops.stopped_at IS 'When it was commanded.';
COMMENT ON COLUMN compliance.global_stops.stopped_by IS 'Who commanded it.';
COMMENT ON COLUMN compliance.global_stops.reason IS 'Why, in the words of who commanded it.';
COMMENT ON COLUMN compliance.global_stops.assurance IS 'How sure it is who commanded it: declared (said so), identity (as the client named itself to Temporal), principal (derived by the Temporal server from credentials), system (Drillmaster itself).';
COMMENT ON COLUMN compliance.global_stops.hosts IS 'What each host healed when it was told to, and in which time, as far as it was known when this was written.';
COMMENT ON COLUMN compliance.global_stops.resumed_at IS 'When runs were allowed again. Empty while everything is stopped.';
COMMENT ON COLUMN compliance.global_stops.resumed_by IS 'Who allowed runs again. Empty while everything is stopped.';
COMMENT ON COLUMN compliance.global_stops.resume_reason IS 'Why runs were allowed again. Empty while everything is stopped.';
COMMENT ON COLUMN compliance.global_stops.resume_assurance IS 'How sure it is who allowed runs again. Empty while everything is stopped.';
COMMENT ON COLUMN compliance.global_stops.in_force IS 'Whether it still holds, so that no run is admitted.';

GRANT SELECT ON compliance.permits, compliance.refusals, compliance.global_stops TO drillmaster_reader;
