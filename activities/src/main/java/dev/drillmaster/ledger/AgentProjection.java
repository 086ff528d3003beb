package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.AGENT;

import dev.drillmaster.agent.AgentEvent;
import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.schema.tables.records.AgentRecord;
import org.jooq.DSLContext;

/** Events of agents. */
final class AgentProjection implements Projection {

  @Override
  public boolean apply(DSLContext transaction, AuditEntry entry) {
    if (!(entry.event() instanceof AgentEvent event)) {
      return false;
    }
    AgentRecord seen = seen(entry, event);
    AgentRecord first = seen.copy();
    first.setHost(seen.getHost());
    first.setStartedAt(entry.occurredAt());
    if (event instanceof AgentEvent.AgentStarted) {
      seen.setStartedAt(entry.occurredAt());
    }
    transaction.insertInto(AGENT).set(first).onConflict(AGENT.HOST).doUpdate().set(seen).execute();
    return true;
  }

  private static AgentRecord seen(AuditEntry entry, AgentEvent event) {
    AgentIdentity identity = event.look().identity();
    AgentRecord agent = new AgentRecord();
    agent.setHost(identity.host());
    agent.setRunId(entry.runId());
    agent.setProcess(identity.process());
    agent.setHomeId(identity.home());
    agent.setJournalFormat(identity.journalFormat());
    agent.setPolicyDigest(identity.policyDigest());
    agent.setLastSeen(entry.occurredAt());
    agent.setOpenInjections(event.look().openInjections());
    agent.setRefusal(event.look().refusal());
    agent.setMonth(entry.month());
    agent.setAuditId(entry.id());
    return agent;
  }
}
