-- How well the system stood the faults of a run.
SET LOCAL ROLE drillmaster_owner;

ALTER TABLE ledger.run
  ADD COLUMN resilience_score numeric CHECK (resilience_score BETWEEN 0 AND 1),
  ADD COLUMN resilience_coverage numeric CHECK (resilience_coverage BETWEEN 0 AND 1),
  ADD COLUMN resilience_parts jsonb;
COMMENT ON COLUMN ledger.run.resilience_score IS
  'How well the system stood the faults of the run, 0 to 1; what was not looked at counts as nothing. Empty if no fault was in force, or the run is not over.';
COMMENT ON COLUMN ledger.run.resilience_coverage IS 'Which share of what makes the score was looked at, 0 to 1.';
COMMENT ON COLUMN ledger.run.resilience_parts IS 'What the score is made of: aspect, weight, and value from 0 to 1, null if nobody looked.';

CREATE VIEW compliance.resilience AS
SELECT
  r.run_id,
  r.workflow_id AS run,
  r.plan_name AS plan,
  r.started_at,
  r.verdict,
  r.resilience_score AS score,
  r.resilience_coverage AS coverage,
  part.aspect,
  part.weight,
  part.value
FROM ledger.run r
CROSS JOIN LATERAL jsonb_to_recordset(r.resilience_parts) AS part (aspect text, weight integer, value numeric);

COMMENT ON VIEW compliance.resilience IS 'How well the system stood the faults of each run: one line for each part of the score.';
COMMENT ON COLUMN compliance.resilience.run_id IS 'The run.';
COMMENT ON COLUMN compliance.resilience.run IS 'The name of the run in Temporal and on the command line.';
COMMENT ON COLUMN compliance.resilience.plan IS 'The name of the plan.';
COMMENT ON COLUMN compliance.resilience.started_at IS 'When the run started.';
COMMENT ON COLUMN compliance.resilience.verdict IS 'What was found: PASSED, INCONCLUSIVE (nothing was proved either way) or FAILED.';
COMMENT ON COLUMN compliance.resilience.score IS 'The score of the run, 0 to 1: the values of its parts by weight. What was not looked at counts as nothing.';
COMMENT ON COLUMN compliance.resilience.coverage IS 'Which share of the weights was looked at, 0 to 1.';
COMMENT ON COLUMN compliance.resilience.aspect IS 'What this part is about.';
COMMENT ON COLUMN compliance.resilience.weight IS 'How much this part counts beside the others.';
COMMENT ON COLUMN compliance.resilience.value IS 'How well that was, 0 to 1. Empty if nobody looked.';

GRANT SELECT ON compliance.resilience TO drillmaster_reader;
