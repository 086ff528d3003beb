package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.AGENT;
import static dev.drillmaster.schema.Tables.INJECTION;

import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.agent.AgentLedgerActivities;
import dev.drillmaster.agent.AgentLook;
import dev.drillmaster.agent.HostAccounts;
import dev.drillmaster.agent.RegisteredAgents;
import dev.drillmaster.schema.tables.records.AgentRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The agents that the ledger knows, and what their journals know better. */
public final class AgentBooks implements AgentLedgerActivities {

  private static final Duration RECENT = Duration.ofDays(1);

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
  public List<String> hosts() {
    return transactions.read(
        tables ->
            tables
                .select(AGENT.HOST)
                .from(AGENT)
                .union(
                    tables
                        .select(INJECTION.HOST)
                        .from(INJECTION)
                        .where(INJECTION.INTENDED_AT.gt(Instant.now().minus(RECENT))))
                .orderBy(1)
                .fetch(AGENT.HOST));
  }

  @Override
  public List<UUID> unknown(List<UUID> injections) {
    return transactions.read(tables -> new LostInjections(ledger, tables).among(injections));
  }

  @Override
  public List<String> reconcile(HostAccounts accounts) {
    return ledger.change(
        LostInjections.month(),
        transaction -> new LostInjections(ledger, transaction).write(accounts));
  }
}
