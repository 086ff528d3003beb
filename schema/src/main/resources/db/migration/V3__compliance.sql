-- What compliance staff read. Views run with the rights of their owner, so the reader needs none on the ledger itself.
SET LOCAL ROLE drillmaster_owner;

CREATE VIEW compliance.drills AS
SELECT
  run_id,
  workflow_id AS run,
  plan_name AS plan,
  plan_digest,
  environment,
  requester,
  started_at,
  ended_at,
  round(extract(epoch FROM ended_at - started_at), 3) AS duration_seconds,
  outcome,
  verdict,
  rto_objective_millis,
  rto_millis,
  rto_error_millis,
  CASE
    WHEN rto_millis IS NULL AND rto_error_millis IS NOT NULL AND rto_objective_millis IS NOT NULL THEN false
    ELSE rto_millis + rto_error_millis <= rto_objective_millis
  END AS rto_met,
  rpo_objective_seconds,
  rpo_seconds,
  rpo_objective_transactions,
  rpo_transactions,
  rpo_bytes,
  CASE WHEN rpo_objective_seconds IS NOT NULL OR rpo_objective_transactions IS NOT NULL THEN
    (rpo_objective_seconds IS NULL OR rpo_seconds <= rpo_objective_seconds)
    AND (rpo_objective_seconds IS DISTINCT FROM 0 OR rpo_transactions = 0)
    AND (rpo_objective_transactions IS NULL OR rpo_transactions <= rpo_objective_transactions)
  END AS rpo_met
FROM ledger.run;

COMMENT ON VIEW compliance.drills IS 'One line per run: objectives beside measurements, whether they were met, verdict and outcome.';
COMMENT ON COLUMN compliance.drills.run_id IS 'The run.';
COMMENT ON COLUMN compliance.drills.run IS 'The name of the run in Temporal and on the command line.';
COMMENT ON COLUMN compliance.drills.plan IS 'The name of the plan.';
COMMENT ON COLUMN compliance.drills.plan_digest IS 'SHA-256 of the plan: two runs with the same digest ran the same plan.';
COMMENT ON COLUMN compliance.drills.environment IS 'Where the target stands, such as lab or production.';
COMMENT ON COLUMN compliance.drills.requester IS 'Who asked for the run.';
COMMENT ON COLUMN compliance.drills.started_at IS 'When the run started.';
COMMENT ON COLUMN compliance.drills.ended_at IS 'When the run was over, everything put right included. Empty while it goes on.';
COMMENT ON COLUMN compliance.drills.duration_seconds IS 'From start to end, in seconds. Empty while it goes on.';
COMMENT ON COLUMN compliance.drills.outcome IS 'How the run ended: completed, stopped (early), refused (nothing was done) or handed-over (a person must act). Empty while it goes on.';
COMMENT ON COLUMN compliance.drills.verdict IS 'What was found: PASSED, INCONCLUSIVE (nothing was proved either way) or FAILED.';
COMMENT ON COLUMN compliance.drills.rto_objective_millis IS 'The longest time without service that the plan allows, in milliseconds. Empty if the plan sets none.';
COMMENT ON COLUMN compliance.drills.rto_millis IS 'Measured time without service, in milliseconds. Empty if nothing was measured; empty beside a filled rto_error_millis if the service never came back.';
COMMENT ON COLUMN compliance.drills.rto_error_millis IS 'By how much the measured time may be wrong, in milliseconds.';
COMMENT ON COLUMN compliance.drills.rto_met IS 'Whether the measured time plus its error is within the objective. False if the service never came back. Empty if there is no objective or no measurement.';
COMMENT ON COLUMN compliance.drills.rpo_objective_seconds IS 'The greatest age of lost data that the plan allows, in seconds. Zero: nothing may be lost.';
COMMENT ON COLUMN compliance.drills.rpo_seconds IS 'Age of the oldest lost transaction when the fault struck, in seconds.';
COMMENT ON COLUMN compliance.drills.rpo_objective_transactions IS 'The most acknowledged transactions that the plan allows to be lost.';
COMMENT ON COLUMN compliance.drills.rpo_transactions IS 'Transactions that were acknowledged to the client and are not there after recovery.';
COMMENT ON COLUMN compliance.drills.rpo_bytes IS 'Bytes of the database''s log between the last acknowledged commit and the point from which the new primary went on.';
COMMENT ON COLUMN compliance.drills.rpo_met IS 'Whether the measured loss is within every objective for it. Empty if there is no objective, or if a measurement is missing and none is outside.';

CREATE VIEW compliance.faults AS
SELECT
  i.injection_id,
  i.run_id,
  r.plan_name AS plan,
  i.path AS step,
  i.fault_type,
  i.mechanism,
  i.target,
  i.host,
  i.state,
  i.intended_at,
  i.injected_at,
  i.heal_started_at,
  i.healed_at,
  round(extract(epoch FROM i.healed_at - i.injected_at), 3) AS held_seconds,
  i.lease_seconds,
  i.bound_seconds,
  round(i.longest_renewal_gap_millis / 1000.0, 3) AS longest_unattended_seconds,
  CASE
    WHEN i.heal_verified IS NOT TRUE OR i.healed_at IS NULL OR i.injected_at IS NULL OR i.healed_at < i.injected_at THEN NULL
    WHEN extract(epoch FROM i.healed_at - i.injected_at) <= i.bound_seconds THEN true
    ELSE i.longest_renewal_gap_millis <= i.bound_seconds * 1000
  END AS held_within_bound,
  i.lapsed,
  i.healed_by,
  i.heal_verified AS verified,
  i.detail
FROM ledger.injection i
JOIN ledger.run r USING (run_id);

COMMENT ON VIEW compliance.faults IS 'One line per fault on one target: when it was injected, healed and seen to be gone, and how long it could have lived at most.';
COMMENT ON COLUMN compliance.faults.injection_id IS 'The injection.';
COMMENT ON COLUMN compliance.faults.run_id IS 'The run.';
COMMENT ON COLUMN compliance.faults.plan IS 'The name of the plan.';
COMMENT ON COLUMN compliance.faults.step IS 'The place of the step in the plan.';
COMMENT ON COLUMN compliance.faults.fault_type IS 'One of the eight fault types, such as service-failure.';
COMMENT ON COLUMN compliance.faults.mechanism IS 'How the fault was done.';
COMMENT ON COLUMN compliance.faults.target IS 'What it was done to.';
COMMENT ON COLUMN compliance.faults.host IS 'The host that acted.';
COMMENT ON COLUMN compliance.faults.state IS 'intended (about to be injected), injected, healed (its absence was observed), unconfirmed (nobody knows; a person must look) or never-injected.';
COMMENT ON COLUMN compliance.faults.intended_at IS 'When the intent was written down, before anything was done.';
COMMENT ON COLUMN compliance.faults.injected_at IS 'When the effect of the fault was observed on the target.';
COMMENT ON COLUMN compliance.faults.heal_started_at IS 'When healing began.';
COMMENT ON COLUMN compliance.faults.healed_at IS 'When the absence of the fault was observed.';
COMMENT ON COLUMN compliance.faults.held_seconds IS 'From injected to healed, in seconds.';
COMMENT ON COLUMN compliance.faults.lease_seconds IS 'How long the fault lived without being renewed, in seconds.';
COMMENT ON COLUMN compliance.faults.bound_seconds IS 'The longest time that the fault could outlive everything of Drillmaster, in seconds: stated before it was injected.';
COMMENT ON COLUMN compliance.faults.longest_unattended_seconds IS 'The longest time between two renewals of the lease, in seconds. Empty if nobody can say.';
COMMENT ON COLUMN compliance.faults.held_within_bound IS 'Whether the fault was never left to itself for longer than the stated bound: it was held no longer than that, or was renewed more often. Empty if that cannot be proved: the end was not observed, or the renewals are unknown.';
COMMENT ON COLUMN compliance.faults.lapsed IS 'Whether the lease ran out before the fault was healed on purpose. Empty if nobody can say.';
COMMENT ON COLUMN compliance.faults.healed_by IS 'The layer that healed first, such as workflow, holder, watchdog, heal-command or reaper.';
COMMENT ON COLUMN compliance.faults.verified IS 'Whether the absence of the fault was observed on the target after healing. Empty if nobody has looked.';
COMMENT ON COLUMN compliance.faults.detail IS 'What was seen, in one line.';

CREATE VIEW compliance.steps AS
SELECT
  s.run_id,
  r.plan_name AS plan,
  s.path AS step,
  s.kind,
  s.name,
  s.status,
  s.started_at,
  s.ended_at,
  round(extract(epoch FROM s.ended_at - s.started_at), 3) AS duration_seconds,
  s.time_limit_seconds,
  extract(epoch FROM s.ended_at - s.started_at) <= s.time_limit_seconds AS within_time_limit,
  s.criteria,
  s.detail
FROM ledger.step s
JOIN ledger.run r USING (run_id);

COMMENT ON VIEW compliance.steps IS 'One line per step of a run: what had to be true, what was seen, and how long it took.';
COMMENT ON COLUMN compliance.steps.run_id IS 'The run.';
COMMENT ON COLUMN compliance.steps.plan IS 'The name of the plan.';
COMMENT ON COLUMN compliance.steps.step IS 'The place of the step in the plan: 2 is the second step, 2.1 the first step inside it.';
COMMENT ON COLUMN compliance.steps.kind IS 'What kind of step it is, such as inject or promote.';
COMMENT ON COLUMN compliance.steps.name IS 'What the plan calls the step.';
COMMENT ON COLUMN compliance.steps.status IS 'running, met (done, and every criterion was met), not-met, error (could not be done, or nobody could look), stopped (interrupted) or skipped.';
COMMENT ON COLUMN compliance.steps.started_at IS 'When the step began.';
COMMENT ON COLUMN compliance.steps.ended_at IS 'When the step was over. Empty while it goes on.';
COMMENT ON COLUMN compliance.steps.duration_seconds IS 'From beginning to end, in seconds.';
COMMENT ON COLUMN compliance.steps.time_limit_seconds IS 'How long the step was allowed to take, in seconds.';
COMMENT ON COLUMN compliance.steps.within_time_limit IS 'Whether it took no longer than that. Empty while it goes on, or without a limit.';
COMMENT ON COLUMN compliance.steps.criteria IS 'What had to be true after the step, and what was seen: a list.';
COMMENT ON COLUMN compliance.steps.detail IS 'What happened, in one line.';

CREATE VIEW compliance.findings AS
SELECT
  f.finding_id,
  f.run_id,
  r.plan_name AS plan,
  r.environment,
  f.path AS step,
  f.code,
  f.severity,
  f.summary,
  f.remedy,
  f.raised_at
FROM ledger.finding f
JOIN ledger.run r USING (run_id);

COMMENT ON VIEW compliance.findings IS 'One line per finding: something that a run found out and that somebody should act on.';
COMMENT ON COLUMN compliance.findings.finding_id IS 'The finding.';
COMMENT ON COLUMN compliance.findings.run_id IS 'The run.';
COMMENT ON COLUMN compliance.findings.plan IS 'The name of the plan.';
COMMENT ON COLUMN compliance.findings.environment IS 'Where the target stands, such as lab or production.';
COMMENT ON COLUMN compliance.findings.step IS 'The place of the step in the plan. Empty if it concerns the whole run.';
COMMENT ON COLUMN compliance.findings.code IS 'The stable name of the kind of finding, such as rto-missed.';
COMMENT ON COLUMN compliance.findings.severity IS 'How much it matters: info, low, medium, high or critical.';
COMMENT ON COLUMN compliance.findings.summary IS 'What was found, with figures.';
COMMENT ON COLUMN compliance.findings.remedy IS 'What to do about it.';
COMMENT ON COLUMN compliance.findings.raised_at IS 'When it was found.';

CREATE VIEW compliance.operator_actions AS
SELECT
  c.command_id,
  c.run_id,
  r.plan_name AS plan,
  c.received_at,
  c.name AS who,
  c.command AS what,
  c.reason AS why,
  c.assurance
FROM ledger.operator_command c
JOIN ledger.run r USING (run_id);

COMMENT ON VIEW compliance.operator_actions IS 'One line per command that somebody gave to a run: who, what, why, when, and how sure it is who.';
COMMENT ON COLUMN compliance.operator_actions.command_id IS 'The command.';
COMMENT ON COLUMN compliance.operator_actions.run_id IS 'The run.';
COMMENT ON COLUMN compliance.operator_actions.plan IS 'The name of the plan.';
COMMENT ON COLUMN compliance.operator_actions.received_at IS 'When the run received it.';
COMMENT ON COLUMN compliance.operator_actions.who IS 'Who gave the command. Empty if it carried no name, as an emergency stop does not.';
COMMENT ON COLUMN compliance.operator_actions.what IS 'What was commanded.';
COMMENT ON COLUMN compliance.operator_actions.why IS 'Why, in the words of who gave it. Empty if it carried no reason.';
COMMENT ON COLUMN compliance.operator_actions.assurance IS 'How sure it is who gave it: declared (said so), identity (as the client named itself to Temporal), principal (derived by the Temporal server from credentials), system (Drillmaster itself).';

CREATE VIEW compliance.audit_trail AS
SELECT
  month,
  id AS event_id,
  run_id,
  execution_id,
  occurred_at,
  recorded_at,
  kind,
  actor,
  assurance,
  payload,
  recipe,
  encode(leaf_hash, 'hex') AS leaf_hash
FROM ledger.audit_event;

COMMENT ON VIEW compliance.audit_trail IS 'One line per audit event. Ask for one run or one month at a time; order by recorded_at.';
COMMENT ON COLUMN compliance.audit_trail.month IS 'First day of the month (UTC) in which the run started. All events of a run carry the same month.';
COMMENT ON COLUMN compliance.audit_trail.event_id IS 'The event.';
COMMENT ON COLUMN compliance.audit_trail.run_id IS 'The run.';
COMMENT ON COLUMN compliance.audit_trail.execution_id IS 'The Temporal execution that wrote the event. Differs from run_id after an operator has reset the workflow.';
COMMENT ON COLUMN compliance.audit_trail.occurred_at IS 'When it happened, by the clock of whoever saw it happen.';
COMMENT ON COLUMN compliance.audit_trail.recorded_at IS 'When the row was written, by the clock of the database.';
COMMENT ON COLUMN compliance.audit_trail.kind IS 'What happened: the stable name of the kind of event, such as fault-injected.';
COMMENT ON COLUMN compliance.audit_trail.actor IS 'Who did it: a person, or a part of Drillmaster.';
COMMENT ON COLUMN compliance.audit_trail.assurance IS 'How sure it is who did it: declared (said so), identity (as the client named itself to Temporal), principal (derived by the Temporal server from credentials), system (Drillmaster itself).';
COMMENT ON COLUMN compliance.audit_trail.payload IS 'The particulars of the event.';
COMMENT ON COLUMN compliance.audit_trail.recipe IS 'Version of the rule by which the canonical bytes were made.';
COMMENT ON COLUMN compliance.audit_trail.leaf_hash IS 'SHA-256 leaf of the event (RFC 6962), in hexadecimal.';

GRANT SELECT ON
  compliance.drills, compliance.faults, compliance.steps, compliance.findings, compliance.operator_actions, compliance.audit_trail
TO drillmaster_reader;
