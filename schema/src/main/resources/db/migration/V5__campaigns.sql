-- Campaigns: many runs, one after the other. What happens to their runs is told by the runs themselves.
SET LOCAL ROLE drillmaster_owner;

CREATE TABLE ledger.campaign (
  run_id uuid NOT NULL,
  workflow_id text NOT NULL,
  execution_id uuid NOT NULL,
  wanted jsonb NOT NULL,
  requester text NOT NULL,
  orchestrator text NOT NULL,
  started_at timestamptz NOT NULL,
  stopped_by text,
  ended_at timestamptz,
  outcome text,
  expected boolean,
  report jsonb,
  month date NOT NULL,
  audit_id uuid NOT NULL,
  CONSTRAINT campaign_pkey PRIMARY KEY (run_id),
  CONSTRAINT campaign_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT campaign_wanted_is_a_list CHECK (jsonb_typeof(wanted) = 'array'),
  CONSTRAINT campaign_outcome_is_known CHECK (outcome IN ('completed', 'stopped')),
  CONSTRAINT campaign_ends_with_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL) AND (ended_at IS NULL) = (expected IS NULL))
);
CREATE INDEX campaign_open ON ledger.campaign (started_at) WHERE ended_at IS NULL;

COMMENT ON TABLE ledger.campaign IS 'One row per campaign: runs of one or more plans, one after the other, that somebody asked for at once.';
COMMENT ON COLUMN ledger.campaign.run_id IS 'The campaign: the id of its first Temporal execution. Its audit events carry it as theirs.';
COMMENT ON COLUMN ledger.campaign.workflow_id IS 'The name of the campaign in Temporal and on the command line.';
COMMENT ON COLUMN ledger.campaign.execution_id IS 'The present Temporal execution. Differs from run_id after an operator has reset the workflow.';
COMMENT ON COLUMN ledger.campaign.wanted IS 'The plans and how many runs of each were asked for, in order.';
COMMENT ON COLUMN ledger.campaign.requester IS 'Who asked for it.';
COMMENT ON COLUMN ledger.campaign.orchestrator IS 'Which Temporal server looks after the campaign: its address, or the process if it runs inside Drillmaster.';
COMMENT ON COLUMN ledger.campaign.started_at IS 'When the campaign started.';
COMMENT ON COLUMN ledger.campaign.stopped_by IS 'What stopped it, such as an emergency stop. Empty if nothing did.';
COMMENT ON COLUMN ledger.campaign.ended_at IS 'When its last run was over. Empty while it goes on.';
COMMENT ON COLUMN ledger.campaign.outcome IS 'completed (all runs that were asked for were made) or stopped. Empty while it goes on.';
COMMENT ON COLUMN ledger.campaign.expected IS 'Whether all runs were made and each ended as its plan wants it. Empty while it goes on.';
COMMENT ON COLUMN ledger.campaign.report IS 'The figures over all runs, and how each ended. Empty while it goes on, and if nobody was left to say.';
COMMENT ON COLUMN ledger.campaign.month IS 'First day of the month (UTC) in which the campaign started. With audit_id: the audit event that last changed this row.';
COMMENT ON COLUMN ledger.campaign.audit_id IS 'The audit event that last changed this row, written by the same transaction.';

CREATE TRIGGER audited AFTER INSERT OR UPDATE ON ledger.campaign
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse_unaudited_change();
GRANT SELECT, INSERT, UPDATE ON ledger.campaign TO drillmaster_writer;

COMMENT ON TABLE ledger.audit_event IS
  'One row for each thing that happened in a run or a campaign. Append-only: no role can change or remove a row. Kept in one partition per month.';
COMMENT ON COLUMN ledger.audit_event.run_id IS
  'The run or the campaign that the event belongs to: its first Temporal execution.';
COMMENT ON COLUMN compliance.audit_trail.run_id IS 'The run or the campaign that the event belongs to.';

ALTER TABLE ledger.run ADD COLUMN campaign text;
COMMENT ON COLUMN ledger.run.campaign IS 'The name of the campaign that the run belongs to. Empty if it was asked for by itself.';
CREATE INDEX run_of_campaign ON ledger.run (campaign) WHERE campaign IS NOT NULL;

CREATE OR REPLACE VIEW compliance.drills AS
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
  END AS rpo_met,
  campaign
FROM ledger.run;
COMMENT ON COLUMN compliance.drills.campaign IS 'The name of the campaign that the run belongs to. Empty if it was asked for by itself.';
