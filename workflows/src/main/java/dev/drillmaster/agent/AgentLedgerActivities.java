package dev.drillmaster.agent;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.UUID;

/** What the ledger knows of agents and their hosts; called as local activities. */
@ActivityInterface
public interface AgentLedgerActivities {

  /** All agents, as they were when they were last seen. */
  @ActivityMethod(name = "registeredAgents")
  RegisteredAgents registered();

  /** The hosts that have an agent, or on which faults were injected within a day. */
  @ActivityMethod(name = "knownHosts")
  List<String> hosts();

  /** Those of these injections that the ledger has no row of, and did not write down as such. */
  @ActivityMethod(name = "unknownInjections")
  List<UUID> unknown(List<UUID> injections);

  /**
   * Writes down what the journal of a host knows and the ledger does not, with a finding, all in
   * one transaction. Injections that the ledger knows are left alone, however they stand there:
   * their run, its guardian or the reaper asks the host and closes them. Idempotent.
   *
   * <p>An injection of a run that the ledger does not know either (its row was lost, too) cannot
   * have a row, because nothing but the run knows the plan: it becomes an audit event of the kind
   * {@code fault-unknown}. If the run goes on in Temporal it writes its own books again, whole, as
   * soon as it writes anything.
   *
   * @return what was written, in lines for people
   */
  @ActivityMethod(name = "reconcile")
  List<String> reconcile(HostAccounts accounts);
}
