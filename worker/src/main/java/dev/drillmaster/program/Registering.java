package dev.drillmaster.program;

import dev.drillmaster.agent.AgentRegistration;
import dev.drillmaster.agent.AgentStart;
import dev.drillmaster.drill.DrillWorkflow;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers an agent, as often as it takes: whoever could write it down may be away for days, and
 * the agent works without.
 */
final class Registering {

  private static final Logger LOG = LoggerFactory.getLogger(Registering.class);

  private final WorkflowClient client;
  private final AgentStart start;

  /** The one that waits for a worker; null before there is one. */
  private @Nullable PendingResult<AgentRegistration> begun;

  Registering(WorkflowClient client, AgentStart start) {
    this.client = client;
    this.start = start;
  }

  /**
   * Tries once more.
   *
   * @param limit how long to wait for the answer
   * @return empty if nobody answered in that time
   */
  Optional<AgentRegistration> attempt(Duration limit) {
    try {
      PendingResult<AgentRegistration> registration = begun == null ? begin() : begun;
      begun = registration;
      return registration.await(limit);
    } catch (WorkflowExecutionAlreadyStarted earlier) {
      // That of an agent before this one, which has still to be written down or refused.
      return Optional.empty();
    } catch (WorkflowException failed) {
      LOG.warn("the agent could not be registered; trying again", failed);
      begun = null;
      return Optional.empty();
    }
  }

  private PendingResult<AgentRegistration> begin() {
    String host = start.look().identity().host();
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            "agentStarted",
            WorkflowOptions.newBuilder()
                .setTaskQueue(DrillWorkflow.QUEUE)
                .setWorkflowId("agent-" + host)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setStaticSummary("The agent of host " + host + " has started")
                .build());
    workflow.start(start);
    return new PendingResult<>(workflow, AgentRegistration.class);
  }
}
