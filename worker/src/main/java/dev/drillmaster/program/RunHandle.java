package dev.drillmaster.program;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.drill.DrillWorkflow;
import dev.drillmaster.drill.ExperimentWorkflow;
import dev.drillmaster.verdict.Outcome;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run as a client of Temporal sees it. */
public final class RunHandle extends WorkHandle<DrillStatus, DrillReport> {

  /** The types of its workflow. */
  static final List<String> TYPES = List.of(DrillWorkflow.TYPE, ExperimentWorkflow.TYPE);

  private RunHandle(WorkflowStub workflow, String name) {
    super(workflow, name, DrillStatus.class, DrillReport.class);
  }

  /** Starts a run under a new name. */
  public static RunHandle start(WorkflowClient client, String name, DrillRequest request) {
    // No workflow timeout: a run that holds a fault must always come to its rollback.
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setTaskQueue(DrillWorkflow.QUEUE)
            .setWorkflowId(name)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .setStaticSummary(request.plan().title())
            .setStaticDetails(request.plan().hypothesis())
            .build();
    WorkflowStub stub = client.newUntypedWorkflowStub(request.plan().workflowType(), options);
    stub.start(request);
    return new RunHandle(stub, name);
  }

  /** A run that somebody started. */
  public static RunHandle of(WorkflowClient client, String name) {
    return new RunHandle(client.newUntypedWorkflowStub(name), name);
  }

  @Override
  public String kind() {
    return "run";
  }

  /** Its identity in the ledger and on its host; only a run that was started here knows it. */
  public UUID runId() {
    return UUID.fromString(executionId());
  }

  @Override
  public String inShort(DrillReport ended) {
    return ended.verdict() + ", " + ended.outcome().text();
  }

  @Override
  public boolean handedOver(DrillReport ended) {
    return ended.outcome() == Outcome.HANDED_OVER;
  }

  @Override
  @Nullable DrillReport reportOf(DrillStatus last) {
    return last.report();
  }
}
