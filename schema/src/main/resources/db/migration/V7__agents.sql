-- Agents: the workers on the hosts of targets. One row per host, since two agents of one host are one too many.
SET LOCAL ROLE drillmaster_owner;

CREATE TABLE ledger.agent (
  host text NOT NULL,
  run_id uuid NOT NULL,
  process text NOT NULL,
  home_id uuid NOT NULL,
  journal_format integer NOT NULL,
  policy_digest text NOT NULL,
  started_at timestamptz NOT NULL,
  last_seen timestamptz NOT NULL,
  open_injections integer NOT NULL,
  refusal text,
  month date NOT NULL,
  audit_id uuid NOT NULL,
  CONSTRAINT agent_pkey PRIMARY KEY (host),
  CONSTRAINT agent_has_audit_event FOREIGN KEY (month, audit_id) REFERENCES ledger.audit_event (month, id),
  CONSTRAINT agent_open_injections_is_a_count CHECK (open_injections >= 0)
);

COMMENT ON TABLE ledger.agent IS 'One row per host whose agent was ever registered, as it was when it was last seen.';
COMMENT ON COLUMN ledger.agent.host IS 'The name of the host.';
COMMENT ON COLUMN ledger.agent.run_id IS 'The Temporal execution that registered the agent or saw it last. The audit event carries it as its run.';
COMMENT ON COLUMN ledger.agent.process IS 'The process of the agent on its host: process id and start time in ticks since boot.';
COMMENT ON COLUMN ledger.agent.home_id IS 'Identifies the directory of the journal of the agent. All zero if the journal cannot be written.';
COMMENT ON COLUMN ledger.agent.journal_format IS 'Version of the format of the journal. 0 if it cannot be read.';
COMMENT ON COLUMN ledger.agent.policy_digest IS 'SHA-256 of the policy of the agent, in hexadecimal: two agents with the same digest allow the same. The word everything if all is allowed, as on the lab.';
COMMENT ON COLUMN ledger.agent.started_at IS 'When the start of the agent was registered, by the clock of Temporal. The agent may have healed and worked before that.';
COMMENT ON COLUMN ledger.agent.last_seen IS 'When the agent was last seen: registered, or asked and answered.';
COMMENT ON COLUMN ledger.agent.open_injections IS 'How many injections its journal held open when it was last seen.';
COMMENT ON COLUMN ledger.agent.refusal IS 'Why the agent injects nothing, such as a damaged journal. Empty if its journal can be used.';
COMMENT ON COLUMN ledger.agent.month IS 'First day of the month (UTC) in which the execution run_id started. With audit_id: the audit event that last changed this row.';
COMMENT ON COLUMN ledger.agent.audit_id IS 'The audit event that last changed this row, written by the same transaction.';

CREATE TRIGGER audited AFTER INSERT OR UPDATE ON ledger.agent
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse_unaudited_change();
GRANT SELECT, INSERT, UPDATE ON ledger.agent TO drillmaster_writer;

CREATE VIEW compliance.agents AS
SELECT host, started_at, last_seen, process, home_id, journal_format, policy_digest, open_injections, refusal
FROM ledger.agent;

COMMENT ON VIEW compliance.agents IS 'One line per host whose agent was ever registered: since when, under which policy, and what it held open when it was last seen.';
COMMENT ON COLUMN compliance.agents.host IS 'The name of the host.';
COMMENT ON COLUMN compliance.agents.started_at IS 'When the start of the agent was registered.';
COMMENT ON COLUMN compliance.agents.last_seen IS 'When the agent was last seen: registered, or asked and answered.';
COMMENT ON COLUMN compliance.agents.process IS 'The process of the agent on its host: process id and start time in ticks since boot.';
COMMENT ON COLUMN compliance.agents.home_id IS 'Identifies the directory of the journal of the agent. All zero if the journal cannot be written.';
COMMENT ON COLUMN compliance.agents.journal_format IS 'Version of the format of the journal. 0 if it cannot be read.';
COMMENT ON COLUMN compliance.agents.policy_digest IS 'SHA-256 of the policy of the agent: what it lets be done to its host. The word everything if all is allowed, as on the lab.';
COMMENT ON COLUMN compliance.agents.open_injections IS 'How many injections its journal held open when it was last seen.';
COMMENT ON COLUMN compliance.agents.refusal IS 'Why the agent injects nothing. Empty if its journal can be used.';
GRANT SELECT ON compliance.agents TO drillmaster_reader;
