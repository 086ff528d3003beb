-- The present state of runs. Every row names the audit event that last changed it, and the database refuses a change whose
-- event was not written by the same transaction.
SET LOCAL ROLE drillmaster_owner;

CREATE TABLE ledger.run (
  run_id uuid NOT NULL,
  workflow_id text NOT NULL,
  execution_id uuid NOT NULL,
  plan_name text NOT NULL,
  plan jsonb NOT NULL,
  plan_digest text NOT NULL,
  environment text NOT NULL,
  requester text NOT NULL,
  started_at timestamptz NOT NULL,
  latest_end timestamptz NOT NULL,
  ended_at timestamptz,
  verdict text,
  outcome text,
  rto_objective_millis bigint,
  rpo_objective_seconds numeric,
  rpo_objective_transactions bigint,
  rto_millis bigint,
  rto_error_millis bigint,
  rpo_transactions bigint,
  rpo_seconds numeric,
  rpo_bytes bigint,
  report jsonb,
  month date NOT NULL,
  audit_id uuid NOT NULL,
  CONSTRAINT run_pkey PRIMARY KEY (run_id),
  CONSTRAINT run_month_is_fixed UNIQUE (run_id, month),
  CONSTRAINT run_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT run_plan_digest_is_sha256 CHECK (plan_digest ~ '^[0-9a-f]{64}$'),
  CONSTRAINT run_latest_end_is_after_start CHECK (latest_end >= started_at),
  CONSTRAINT run_verdict_is_known CHECK (verdict IN ('PASSED', 'INCONCLUSIVE', 'FAILED')),
  CONSTRAINT run_outcome_is_known CHECK (outcome IN ('completed', 'stopped', 'refused', 'handed-over')),
  CONSTRAINT run_ends_with_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL)),
  CONSTRAINT run_figures_are_not_negative CHECK (
    least(rto_objective_millis, rpo_objective_seconds, rpo_objective_transactions,
      rto_millis, rto_error_millis, rpo_transactions, rpo_seconds, rpo_bytes) >= 0)
);
CREATE INDEX run_started ON ledger.run (started_at);
CREATE INDEX run_open ON ledger.run (latest_end) WHERE ended_at IS NULL;

COMMENT ON TABLE ledger.run IS 'One row per run: one execution of a plan, with its objectives, measurements and verdict.';
COMMENT ON COLUMN ledger.run.run_id IS 'The run: the id of its first Temporal execution.';
COMMENT ON COLUMN ledger.run.workflow_id IS 'The name of the run in Temporal and on the command line.';
COMMENT ON COLUMN ledger.run.execution_id IS 'The present Temporal execution. Differs from run_id after an operator has reset the workflow.';
COMMENT ON COLUMN ledger.run.plan_name IS 'The name of the plan.';
COMMENT ON COLUMN ledger.run.plan IS 'The whole plan as it was run. Holds references to secrets, never secrets.';
COMMENT ON COLUMN ledger.run.plan_digest IS 'SHA-256 of the plan, in hexadecimal: two runs with the same digest ran the same plan.';
COMMENT ON COLUMN ledger.run.environment IS 'Where the target stands, such as lab or production.';
COMMENT ON COLUMN ledger.run.requester IS 'Who asked for the run.';
COMMENT ON COLUMN ledger.run.started_at IS 'When the run started.';
COMMENT ON COLUMN ledger.run.latest_end IS 'When the run must be over at the latest.';
COMMENT ON COLUMN ledger.run.ended_at IS 'When the run was over, everything put right included. Empty while it goes on.';
COMMENT ON COLUMN ledger.run.verdict IS 'What was found: PASSED, INCONCLUSIVE (nothing was proved either way) or FAILED.';
COMMENT ON COLUMN ledger.run.outcome IS 'How the run ended: completed, stopped (early), refused (nothing was done) or handed-over (a person must act). Empty while it goes on.';
COMMENT ON COLUMN ledger.run.rto_objective_millis IS 'Recovery time objective: the longest time without service that the plan allows, in milliseconds.';
COMMENT ON COLUMN ledger.run.rpo_objective_seconds IS 'Recovery point objective: the greatest age of lost data that the plan allows, in seconds. Zero: nothing may be lost.';
COMMENT ON COLUMN ledger.run.rpo_objective_transactions IS 'Recovery point objective: the most acknowledged transactions that the plan allows to be lost.';
COMMENT ON COLUMN ledger.run.rto_millis IS 'Measured time without service, in milliseconds. Empty if nothing was measured; empty beside a filled rto_error_millis if the service never came back.';
COMMENT ON COLUMN ledger.run.rto_error_millis IS 'By how much the measured time may be wrong, in milliseconds.';
COMMENT ON COLUMN ledger.run.rpo_transactions IS 'Measured loss: transactions that were acknowledged to the client and are not there after recovery.';
COMMENT ON COLUMN ledger.run.rpo_seconds IS 'Measured loss: age of the oldest lost transaction when the fault struck, in seconds.';
COMMENT ON COLUMN ledger.run.rpo_bytes IS 'Measured loss: bytes of the database''s log between the last acknowledged commit and the point from which the new primary went on.';
COMMENT ON COLUMN ledger.run.report IS 'The whole report of the run. Empty while it goes on.';

CREATE TABLE ledger.step (
  run_id uuid NOT NULL,
  path text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  time_limit_seconds numeric,
  status text NOT NULL,
  criteria jsonb NOT NULL DEFAULT '[]',
  detail text,
  month date NOT NULL,
  audit_id uuid NOT NULL,
  CONSTRAINT step_pkey PRIMARY KEY (run_id, path),
  CONSTRAINT step_of_run FOREIGN KEY (run_id, month) REFERENCES ledger.run (run_id, month),
  CONSTRAINT step_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT step_status_is_known CHECK (status IN ('running', 'met', 'not-met', 'error', 'stopped', 'skipped')),
  CONSTRAINT step_time_limit_is_positive CHECK (time_limit_seconds > 0),
  CONSTRAINT step_criteria_are_a_list CHECK (jsonb_typeof(criteria) = 'array')
);

COMMENT ON TABLE ledger.step IS 'One row per step of a run.';
COMMENT ON COLUMN ledger.step.run_id IS 'The run.';
COMMENT ON COLUMN ledger.step.path IS 'The place of the step in the plan: 2 is the second step, 2.1 the first step inside it.';
COMMENT ON COLUMN ledger.step.kind IS 'What kind of step it is, such as inject or promote.';
COMMENT ON COLUMN ledger.step.name IS 'What the plan calls the step.';
COMMENT ON COLUMN ledger.step.started_at IS 'When the step began.';
COMMENT ON COLUMN ledger.step.ended_at IS 'When the step was over. Empty while it goes on.';
COMMENT ON COLUMN ledger.step.time_limit_seconds IS 'How long the step may take, in seconds.';
COMMENT ON COLUMN ledger.step.status IS 'running, met (done, and every criterion was met), not-met, error (could not be done, or nobody could look), stopped (interrupted) or skipped.';
COMMENT ON COLUMN ledger.step.criteria IS 'What had to be true after the step, and what was seen: a list.';
COMMENT ON COLUMN ledger.step.detail IS 'What happened, in one line.';

CREATE TABLE ledger.injection (
  injection_id uuid NOT NULL,
  run_id uuid NOT NULL,
  path text NOT NULL,
  fault_type text NOT NULL,
  mechanism text NOT NULL,
  target text NOT NULL,
  host text NOT NULL,
  fault jsonb NOT NULL,
  lease_seconds numeric NOT NULL,
  bound_seconds numeric NOT NULL,
  state text NOT NULL,
  intended_at timestamptz NOT NULL,
  injected_at timestamptz,
  heal_started_at timestamptz,
  healed_at timestamptz,
  heal_verified boolean,
  healed_by text,
  longest_renewal_gap_millis bigint,
  lapsed boolean,
  detail text,
  month date NOT NULL,
  audit_id uuid NOT NULL,
  CONSTRAINT injection_pkey PRIMARY KEY (injection_id),
  CONSTRAINT injection_of_run FOREIGN KEY (run_id, month) REFERENCES ledger.run (run_id, month),
  CONSTRAINT injection_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT injection_state_is_known CHECK (state IN ('intended', 'injected', 'healed', 'unconfirmed', 'never-injected')),
  CONSTRAINT injection_bound_is_above_lease CHECK (lease_seconds > 0 AND bound_seconds >= lease_seconds),
  CONSTRAINT injection_healed_is_verified CHECK (state <> 'healed' OR (healed_at IS NOT NULL AND heal_verified IS TRUE)),
  CONSTRAINT injection_gap_is_not_negative CHECK (longest_renewal_gap_millis >= 0)
);
CREATE INDEX injection_run ON ledger.injection (run_id);
CREATE INDEX injection_open ON ledger.injection (host) WHERE state IN ('intended', 'injected', 'unconfirmed');

COMMENT ON TABLE ledger.injection IS 'One row per injection: one fault on one target.';
COMMENT ON COLUMN ledger.injection.injection_id IS 'The injection. An id is used once and never again.';
COMMENT ON COLUMN ledger.injection.run_id IS 'The run.';
COMMENT ON COLUMN ledger.injection.path IS 'The place of the step in the plan.';
COMMENT ON COLUMN ledger.injection.fault_type IS 'One of the eight fault types, such as service-failure.';
COMMENT ON COLUMN ledger.injection.mechanism IS 'How the fault is done to this kind of target.';
COMMENT ON COLUMN ledger.injection.target IS 'What the fault is done to.';
COMMENT ON COLUMN ledger.injection.host IS 'The host that acts.';
COMMENT ON COLUMN ledger.injection.fault IS 'The fault with all its parameters.';
COMMENT ON COLUMN ledger.injection.lease_seconds IS 'How long the fault lives without being renewed, in seconds.';
COMMENT ON COLUMN ledger.injection.bound_seconds IS 'The longest time that the fault can outlive everything of Drillmaster, in seconds: stated before it is injected.';
COMMENT ON COLUMN ledger.injection.state IS 'intended (about to be injected), injected, healed (its absence was observed), unconfirmed (nobody knows; a person must look) or never-injected.';
COMMENT ON COLUMN ledger.injection.intended_at IS 'When the intent was written down, before anything was done.';
COMMENT ON COLUMN ledger.injection.injected_at IS 'When the effect of the fault was observed on the target.';
COMMENT ON COLUMN ledger.injection.heal_started_at IS 'When healing began.';
COMMENT ON COLUMN ledger.injection.healed_at IS 'When the absence of the fault was observed.';
COMMENT ON COLUMN ledger.injection.heal_verified IS 'Whether the absence of the fault was observed on the target after healing. Empty if nobody has looked.';
COMMENT ON COLUMN ledger.injection.healed_by IS 'The layer that healed first, such as workflow, holder, watchdog, heal-command or reaper.';
COMMENT ON COLUMN ledger.injection.longest_renewal_gap_millis IS 'The longest time between two renewals of the lease, in milliseconds. Empty if nobody can say.';
COMMENT ON COLUMN ledger.injection.lapsed IS 'Whether the lease ran out before the fault was healed on purpose. Empty if nobody can say.';
COMMENT ON COLUMN ledger.injection.detail IS 'What was seen, in one line.';

CREATE TABLE ledger.compensation (
  run_id uuid NOT NULL,
  position integer NOT NULL,
  path text NOT NULL,
  kind text NOT NULL,
  compensation jsonb NOT NULL,
  state text NOT NULL,
  registered_at timestamptz NOT NULL,
  ended_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  detail text,
  month date NOT NULL,
  audit_id uuid NOT NULL,
  CONSTRAINT compensation_pkey PRIMARY KEY (run_id, position),
  CONSTRAINT compensation_of_run FOREIGN KEY (run_id, month) REFERENCES ledger.run (run_id, month),
  CONSTRAINT compensation_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT compensation_state_is_known CHECK (state IN ('registered', 'done', 'not-needed', 'failed')),
  CONSTRAINT compensation_attempts_are_not_negative CHECK (attempts >= 0)
);
CREATE INDEX compensation_open ON ledger.compensation (run_id) WHERE state IN ('registered', 'failed');

COMMENT ON TABLE ledger.compensation IS 'One row per compensation: what puts right whatever a step left behind. Written before the step begins; run last first.';
COMMENT ON COLUMN ledger.compensation.run_id IS 'The run.';
COMMENT ON COLUMN ledger.compensation.position IS 'The place in the run''s rollback, in the order of registration.';
COMMENT ON COLUMN ledger.compensation.path IS 'The place of the step in the plan.';
COMMENT ON COLUMN ledger.compensation.kind IS 'What kind of compensation it is.';
COMMENT ON COLUMN ledger.compensation.compensation IS 'The compensation with all its parameters, so that it can be run from here alone.';
COMMENT ON COLUMN ledger.compensation.state IS 'registered (open), done, not-needed or failed (a person must act).';
COMMENT ON COLUMN ledger.compensation.registered_at IS 'When it was written down.';
COMMENT ON COLUMN ledger.compensation.ended_at IS 'When it was over. Empty while it is open.';
COMMENT ON COLUMN ledger.compensation.attempts IS 'How often it was tried.';
COMMENT ON COLUMN ledger.compensation.detail IS 'What came of it, in one line.';

CREATE TABLE ledger.observation (
  observation_id uuid NOT NULL,
  run_id uuid NOT NULL,
  path text NOT NULL,
  probe text NOT NULL,
  phase text NOT NULL,
  observed_at timestamptz NOT NULL,
  met boolean,
  value text,
  latency_millis bigint,
  month date NOT NULL,
  audit_id uuid NOT NULL,
  CONSTRAINT observation_pkey PRIMARY KEY (observation_id),
  CONSTRAINT observation_of_run FOREIGN KEY (run_id, month) REFERENCES ledger.run (run_id, month),
  CONSTRAINT observation_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT observation_latency_is_not_negative CHECK (latency_millis >= 0)
);
CREATE INDEX observation_run ON ledger.observation (run_id, observed_at);

COMMENT ON TABLE ledger.observation IS 'One row per answer to a probe.';
COMMENT ON COLUMN ledger.observation.observation_id IS 'The observation.';
COMMENT ON COLUMN ledger.observation.run_id IS 'The run.';
COMMENT ON COLUMN ledger.observation.path IS 'The place of the step in the plan.';
COMMENT ON COLUMN ledger.observation.probe IS 'The name of the probe.';
COMMENT ON COLUMN ledger.observation.phase IS 'The phase of the run in which the probe was asked.';
COMMENT ON COLUMN ledger.observation.observed_at IS 'When the probe was asked.';
COMMENT ON COLUMN ledger.observation.met IS 'Whether the answer was tolerated. Empty if nobody could look, which is never a pass.';
COMMENT ON COLUMN ledger.observation.value IS 'The answer, or why there is none. Text from outside.';
COMMENT ON COLUMN ledger.observation.latency_millis IS 'Time from question to answer, in milliseconds.';

CREATE TABLE ledger.finding (
  finding_id uuid NOT NULL,
  run_id uuid NOT NULL,
  path text,
  code text NOT NULL,
  severity text NOT NULL,
  summary text NOT NULL,
  remedy text NOT NULL,
  raised_at timestamptz NOT NULL,
  month date NOT NULL,
  audit_id uuid NOT NULL,
  CONSTRAINT finding_pkey PRIMARY KEY (finding_id),
  CONSTRAINT finding_of_run FOREIGN KEY (run_id, month) REFERENCES ledger.run (run_id, month),
  CONSTRAINT finding_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT finding_severity_is_known CHECK (severity IN ('info', 'low', 'medium', 'high', 'critical'))
);
CREATE INDEX finding_run ON ledger.finding (run_id);

COMMENT ON TABLE ledger.finding IS 'One row per finding: something that a run found out and that somebody should act on.';
COMMENT ON COLUMN ledger.finding.finding_id IS 'The finding.';
COMMENT ON COLUMN ledger.finding.run_id IS 'The run.';
COMMENT ON COLUMN ledger.finding.path IS 'The place of the step in the plan. Empty if it concerns the whole run.';
COMMENT ON COLUMN ledger.finding.code IS 'The stable name of the kind of finding, such as rto-missed.';
COMMENT ON COLUMN ledger.finding.severity IS 'How much it matters: info, low, medium, high or critical.';
COMMENT ON COLUMN ledger.finding.summary IS 'What was found, with figures.';
COMMENT ON COLUMN ledger.finding.remedy IS 'What to do about it.';
COMMENT ON COLUMN ledger.finding.raised_at IS 'When it was found.';

CREATE TABLE ledger.operator_command (
  command_id uuid NOT NULL,
  run_id uuid NOT NULL,
  command text NOT NULL,
  name text,
  reason text,
  assurance text NOT NULL,
  received_at timestamptz NOT NULL,
  month date NOT NULL,
  audit_id uuid NOT NULL,
  CONSTRAINT operator_command_pkey PRIMARY KEY (command_id),
  CONSTRAINT operator_command_of_run FOREIGN KEY (run_id, month) REFERENCES ledger.run (run_id, month),
  CONSTRAINT operator_command_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT operator_command_assurance_is_known CHECK (assurance IN ('declared', 'identity', 'principal', 'system'))
);
CREATE INDEX operator_command_run ON ledger.operator_command (run_id);

COMMENT ON TABLE ledger.operator_command IS 'One row per command that somebody gave to a run, such as an emergency stop or an approval.';
COMMENT ON COLUMN ledger.operator_command.command_id IS 'The command.';
COMMENT ON COLUMN ledger.operator_command.run_id IS 'The run.';
COMMENT ON COLUMN ledger.operator_command.command IS 'What was commanded.';
COMMENT ON COLUMN ledger.operator_command.name IS 'Who gave the command. Empty if it carried no name, as an emergency stop does not.';
COMMENT ON COLUMN ledger.operator_command.reason IS 'Why, in the words of who gave it. Empty if it carried no reason.';
COMMENT ON COLUMN ledger.operator_command.assurance IS 'How sure it is who gave it: declared, identity, principal or system, as in ledger.audit_event.';
COMMENT ON COLUMN ledger.operator_command.received_at IS 'When the run received it.';

CREATE FUNCTION ledger.refuse_unaudited_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- A repeated write that says the same thing again changes nothing and needs no new event.
  IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM ledger.audit_event a
      WHERE a.month = NEW.month AND a.id = NEW.audit_id AND a.run_id = NEW.run_id
        AND a.transaction_id = pg_current_xact_id()) THEN
    RAISE EXCEPTION '% on ledger.% refused: no audit event % of run % was written by this transaction',
        TG_OP, TG_TABLE_NAME, NEW.audit_id, NEW.run_id
      USING ERRCODE = 'restrict_violation',
        HINT = 'Write the audit event first, in the same transaction; if it was there already, the state it describes is there too.';
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION ledger.refuse_unaudited_change() IS
  'Trigger that refuses to change state unless an audit event of the same run, written by the same transaction, describes the change.';

-- What is the same for every state table is said once.
DO $each$
DECLARE
  state_table text;
BEGIN
  FOREACH state_table IN ARRAY
    ARRAY['run', 'step', 'injection', 'compensation', 'observation', 'finding', 'operator_command']
  LOOP
    EXECUTE format('COMMENT ON COLUMN ledger.%I.month IS %L', state_table,
      'First day of the month (UTC) in which the run started. With audit_id: the audit event that last changed this row.');
    EXECUTE format('COMMENT ON COLUMN ledger.%I.audit_id IS %L', state_table,
      'The audit event that last changed this row, written by the same transaction.');
    EXECUTE format('CREATE TRIGGER audited AFTER INSERT OR UPDATE ON ledger.%I'
      ' FOR EACH ROW EXECUTE FUNCTION ledger.refuse_unaudited_change()', state_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON ledger.%I TO drillmaster_writer', state_table);
  END LOOP;
END
$each$;
