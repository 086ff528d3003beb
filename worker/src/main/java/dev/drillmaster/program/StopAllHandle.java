package dev.drillmaster.program;

import dev.drillmaster.drill.DrillWorkflow;
import dev.drillmaster.stop.StopAllWorkflow;
import dev.drillmaster.stop.StopRequest;
import dev.drillmaster.stop.StopStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Optional;

/** A stop of everything, as a client of Temporal sees it. */
final class StopAllHandle {

  private final WorkflowStub workflow;
  private final PendingResult<StopStatus> result;

  private StopAllHandle(WorkflowStub workflow) {
    this.workflow = workflow;
    this.result = new PendingResult<>(workflow, StopStatus.class);
  }

  /** Starts it; returns when Temporal has taken it. */
  static StopAllHandle start(WorkflowClient client, StopRequest request) {
    return start(client, request, DrillWorkflow.QUEUE);
  }

  /** The same for a worker that polls another queue. */
  static StopAllHandle start(WorkflowClient client, StopRequest request, String queue) {
    // No workflow timeout: it is recorded however long the ledger is away.
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setTaskQueue(queue)
            .setWorkflowId(DrillProgram.newName(StopAllWorkflow.ID))
            .setStaticSummary("Stop everything: " + request.reason())
            .build();
    WorkflowStub stub = client.newUntypedWorkflowStub("stopAll", options);
    stub.start(request);
    return new StopAllHandle(stub);
  }

  /** How far it is; waits for a worker to say so. */
  StopStatus status() {
    return workflow.query("status", StopStatus.class);
  }

  /** Waits for its end; empty if it has not ended in that time. */
  Optional<StopStatus> await(Duration atMost) {
    return result.await(atMost);
  }

  /**
   * Ends it, because nobody works for it.
   *
   * @return false if it was over already
   */
  boolean giveUp(String why) {
    try {
      workflow.terminate(why);
      return true;
    } catch (WorkflowNotFoundException over) {
      return false;
    }
  }
}
