-- What somebody needs who heals a run and closes its books when its workflow history is gone. The audit trail has it all,
-- but whoever writes it may not read it. Empty in rows that were written before this migration.
SET LOCAL ROLE drillmaster_owner;

ALTER TABLE ledger.run ADD COLUMN orchestrator text;
COMMENT ON COLUMN ledger.run.orchestrator IS 'Which Temporal server looks after the run: its address, or the process if it runs inside Drillmaster. Empty if nobody wrote it down.';

ALTER TABLE ledger.injection
  ADD COLUMN longest_seconds numeric,
  ADD CONSTRAINT injection_longest_is_positive CHECK (longest_seconds > 0);
COMMENT ON COLUMN ledger.injection.longest_seconds IS 'How long the fault may be held at most, however often it is renewed, in seconds. Empty if nobody wrote it down: the limit of the step in the plan.';

ALTER TABLE ledger.finding
  ADD COLUMN verdict text,
  ADD CONSTRAINT finding_verdict_is_known CHECK (verdict IN ('PASSED', 'INCONCLUSIVE', 'FAILED'));
COMMENT ON COLUMN ledger.finding.verdict IS 'The best verdict that a run with this finding can have. Empty if nobody wrote it down.';
