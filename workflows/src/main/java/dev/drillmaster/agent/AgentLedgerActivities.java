package dev.drillmaster.agent;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What the ledger knows of agents and their hosts; called as local activities. */
@ActivityInterface
public interface AgentLedgerActivities {

  /** All agents, as they were when they were last seen. */
  @ActivityMethod(name = "registeredAgents")
  RegisteredAgents registered();

  /**
   * Closes the books of those faults that the ledger still holds open. Idempotent; what is closed
   * already is left alone.
   */
  @ActivityMethod(name = "closeHealed")
  void closeHealed(AgentStart start);
}
