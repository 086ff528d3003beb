package dev.drillmaster.drill;

import dev.drillmaster.audit.Books;
import dev.drillmaster.audit.OneTry;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The guardian of this execution, as its run posts and relieves it. */
final class Guard {

  private static final Logger LOG = Workflow.getLogger(Guard.class);
  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration UNTIL_RELIEVED = Duration.ofSeconds(10);

  private final String name;
  private @Nullable Promise<String> guardian;

  private Guard(Guarded run) {
    // From the history, since a replay may go by another run id.
    String execution = Workflow.sideEffect(String.class, () -> run.executionId().toString());
    name = GuardianWorkflow.idOf(run.workflowId(), execution);
    GuardianWorkflow child =
        Workflow.newChildWorkflowStub(
            GuardianWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(name)
                .setStaticSummary("guardian of " + run.workflowId())
                // However the run ends, its guardian is called; never ended with it.
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .build());
    // Detached, so that stopping the run does not call the guardian before the rollback is done.
    Workflow.newDetachedCancellationScope(() -> guardian = Async.function(child::guard, run)).run();
    Workflow.getWorkflowExecution(child).get();
  }

  /** Posts a guardian; when this returns it stands by, whatever becomes of the run. */
  static Guard post(Books books, DrillPlan plan) {
    return new Guard(
        new Guarded(
            books.runId(),
            books.executionId(),
            Workflow.getInfo().getWorkflowId(),
            books.month(),
            List.copyOf(plan.hosts()),
            AdmissionOfDrill.longest(plan)));
  }

  /** At the end of the run: the guardian looks whether anything is left, and goes. */
  void relieve() {
    Promise<String> going = guardian;
    if (going != null && !going.isCompleted() && told()) {
      Workflow.await(UNTIL_RELIEVED, going::isCompleted);
    }
  }

  /**
   * Not by a signal of this workflow to another: the server answers that with a workflow task more,
   * which a hundred runs that are stopped at once wait for. A guardian that is not told is called
   * when the run has ended; one that somebody ended keeps no run from ending.
   */
  private boolean told() {
    try {
      return OneTry.of(ReliefActivities.class, ATTEMPT, "relieve the guardian").relieve(name);
    } catch (ActivityFailure silent) {
      LOG.warn("the guardian was not told: {}", silent.getMessage());
      return false;
    }
  }
}
