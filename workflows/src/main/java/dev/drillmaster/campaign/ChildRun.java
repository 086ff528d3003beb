package dev.drillmaster.campaign;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.drill.DrillWorkflow;
import dev.drillmaster.drill.Failures;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One run of a campaign, as the campaign sees it. */
final class ChildRun {

  private static final Logger LOG = Workflow.getLogger(ChildRun.class);

  private final String name;
  private final String plan;
  private final ChildWorkflowStub workflow;
  private final Promise<DrillReport> end;

  /**
   * Begins the run.
   *
   * @param name its workflow id; one that there was before is not begun again, so that a Reset of
   *     the campaign repeats nothing
   */
  ChildRun(String name, DrillRequest request) {
    this.name = name;
    this.plan = request.plan().name();
    // No workflow timeout: a run that holds a fault must always come to its rollback.
    ChildWorkflowOptions options =
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(name)
            .setTaskQueue(DrillWorkflow.QUEUE)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
            .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setStaticSummary(request.plan().title())
            .setStaticDetails(request.plan().hypothesis())
            .build();
    this.workflow = Workflow.newUntypedChildWorkflowStub(request.plan().workflowType(), options);
    this.end = workflow.executeAsync(DrillReport.class, request);
  }

  boolean isOver() {
    return end.isCompleted();
  }

  /** Asks the run to stop; it may be over by then. */
  void emergencyStop() {
    try {
      workflow.getExecution().get();
      workflow.signal("emergencyStop");
    } catch (ChildWorkflowFailure | SignalExternalWorkflowException | ApplicationFailure over) {
      LOG.info("{} is over already: {}", name, over.getMessage());
    }
  }

  /** Waits for its end, which is never a failure of the campaign. */
  CampaignRun end(int number) {
    try {
      return CampaignRun.of(number, plan, end.get());
    } catch (ChildWorkflowFailure failure) {
      DrillReport report = report(failure);
      return report == null
          ? CampaignRun.withoutReport(number, name, plan, Failures.message(failure))
          : CampaignRun.of(number, plan, report);
    }
  }

  private static @Nullable DrillReport report(ChildWorkflowFailure failure) {
    return failure.getCause() instanceof ApplicationFailure cause
            && cause.getDetails().getSize() > 0
        ? cause.getDetails().get(DrillReport.class)
        : null;
  }
}
