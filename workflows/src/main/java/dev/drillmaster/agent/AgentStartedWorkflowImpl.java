package dev.drillmaster.agent;

import dev.drillmaster.audit.Books;
import org.jspecify.annotations.Nullable;

/** Asks first who answers for the host: whoever starts does not work for its queues yet. */
public final class AgentStartedWorkflowImpl implements AgentStartedWorkflow {

  private final Books books = new Books();

  @Override
  public AgentRegistration run(AgentStart start) {
    AgentIdentity starting = start.look().identity();
    @Nullable AgentLook answering = Presence.answer(new AgentCalls(starting.host()).look());
    if (answering != null && !answering.identity().isSame(starting)) {
      return new AgentRegistration(answering.identity());
    }
    books.note(new AgentEvent.AgentStarted(start.look()));
    books.writeAtLast();
    AgentCalls.ledger().reconcile(start.accounts());
    return new AgentRegistration(null);
  }
}
