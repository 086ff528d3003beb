package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.AGENT;
import static dev.drillmaster.schema.Tables.INJECTION;
import static dev.drillmaster.schema.Tables.RUN;

import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.agent.AgentLedgerActivities;
import dev.drillmaster.agent.AgentLook;
import dev.drillmaster.agent.AgentStart;
import dev.drillmaster.agent.HealedInjection;
import dev.drillmaster.agent.RegisteredAgents;
import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.NamedId;
import dev.drillmaster.injection.InjectionEvent;
import dev.drillmaster.schema.tables.records.AgentRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jooq.Record4;

/** The agents that the ledger knows, and faults that ended on their hosts without a witness. */
public final class AgentBooks implements AgentLedgerActivities {

  private final Ledger ledger;
  private final Transactions transactions;

  /**
   * @param writer as for {@link Ledger}
   */
  public AgentBooks(DataSource writer) {
    this.ledger = new Ledger(writer);
    this.transactions = new Transactions(writer);
  }

  @Override
  public RegisteredAgents registered() {
    return new RegisteredAgents(
        transactions.read(
            tables -> tables.selectFrom(AGENT).orderBy(AGENT.HOST).fetch(AgentBooks::line)));
  }

  private static RegisteredAgents.Line line(AgentRecord agent) {
    AgentIdentity identity =
        new AgentIdentity(
            agent.getHost(),
            agent.getProcess(),
            agent.getHomeId(),
            agent.getJournalFormat(),
            agent.getPolicyDigest());
    return new RegisteredAgents.Line(
        new AgentLook(identity, agent.getOpenInjections(), agent.getRefusal()),
        agent.getStartedAt(),
        agent.getLastSeen(),
        null);
  }

  @Override
  public void closeHealed(AgentStart start) {
    Map<UUID, HealedInjection> healed =
        start.healed().stream()
            .collect(
                Collectors.toMap(HealedInjection::id, Function.identity(), (one, same) -> one));
    String host = start.look().identity().host();
    List<AuditEntry> entries =
        transactions.read(
            tables ->
                tables
                    .select(INJECTION.INJECTION_ID, RUN.RUN_ID, RUN.EXECUTION_ID, RUN.MONTH)
                    .from(INJECTION)
                    .join(RUN)
                    .on(RUN.RUN_ID.eq(INJECTION.RUN_ID))
                    .where(INJECTION.INJECTION_ID.in(healed.keySet()))
                    .and(INJECTION.HOST.eq(host))
                    .and(INJECTION.HEALED_AT.isNull())
                    .fetch(open -> entry(host, open, healed)));
    if (!entries.isEmpty()) {
      ledger.record(new AuditBatch(entries));
    }
  }

  private static AuditEntry entry(
      String host, Record4<UUID, UUID, UUID, LocalDate> open, Map<UUID, HealedInjection> healed) {
    UUID id = open.value1();
    return new AuditEntry(
        NamedId.of(open.value2(), "agent/healed/" + id),
        open.value2(),
        open.value3(),
        open.value4(),
        Instant.ofEpochMilli(System.currentTimeMillis()),
        "agent " + host,
        Assurance.SYSTEM,
        new InjectionEvent.FaultHealed(id, Objects.requireNonNull(healed.get(id)).heal(), null));
  }
}
