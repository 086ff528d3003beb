-- What operators did is copied from Temporal's history, which knows who they were.
SET LOCAL ROLE drillmaster_owner;

ALTER TABLE ledger.operator_command ADD COLUMN history_event bigint;
COMMENT ON COLUMN ledger.operator_command.history_event IS
  'The event of the run''s Temporal history that the row was copied from. Empty if the run itself noted the command when it came, without knowing who gave it.';

CREATE OR REPLACE VIEW compliance.operator_actions AS
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
JOIN ledger.run r USING (run_id)
-- One line for each command: what the run noted itself counts until its history was copied.
WHERE c.history_event IS NOT NULL
  OR NOT EXISTS (
    SELECT FROM ledger.operator_command copied
    WHERE copied.run_id = c.run_id AND copied.command = c.command AND copied.history_event IS NOT NULL);
