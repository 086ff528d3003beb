package dev.drillmaster.reaper;

import dev.drillmaster.audit.OneTry;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Guarded;
import dev.drillmaster.drill.GuardianWorkflow;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Host;
import dev.drillmaster.verdict.Finding;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits to be called; then heals first, and asks afterwards what became of the run. One that is
 * relieved asks first: a run that has closed its books has left nothing behind.
 */
public final class GuardianWorkflowImpl implements GuardianWorkflow {

  /** The layer that heals, and the actor in the audit trail. */
  static final String BY = "guardian";

  private static final Duration UNTIL_LEDGER_SAYS = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final WorkflowHands hands = WorkflowHands.patient();

  private boolean relieved;

  @Override
  public String guard(Guarded run) {
    Instant deadline = hands.now().plus(run.deadline());
    untilCalled(run.deadline());
    Workflow.newDetachedCancellationScope(() -> act(run, deadline)).run();
    return hands.account();
  }

  @Override
  public void relieve() {
    relieved = true;
  }

  @Override
  public String account() {
    return hands.account();
  }

  private void untilCalled(Duration deadline) {
    try {
      Workflow.await(deadline, () -> relieved);
    } catch (CanceledFailure called) {
      // Temporal says so: the run was ended from outside.
      return;
    }
  }

  private void act(Guarded run, Instant deadline) {
    if (relieved && closedItsBooks(run)) {
      new OperatorCommands(WorkflowHands.near()).copy(run);
      return;
    }
    heal(run);
    @Nullable OpenRun left = left(run, deadline);
    if (left != null) {
      end(left);
    }
    new OperatorCommands(hands).copy(run);
  }

  /**
   * A run closes its books after its faults were healed and its steps rolled back. Asked once: a
   * ledger that does not say so at once must not keep healing waiting.
   */
  private static boolean closedItsBooks(Guarded run) {
    OpenRunActivities books =
        OneTry.of(
            OpenRunActivities.class, UNTIL_LEDGER_SAYS, "whether the run has closed its books");
    try {
      return books.openRun(run.runId()) == null;
    } catch (ActivityFailure silent) {
      return false;
    }
  }

  /** All hosts at once, each from its own journal: no plan and no ledger is needed for that. */
  private void heal(Guarded run) {
    List<Promise<List<HealReport>>> healing = new ArrayList<>();
    for (String host : run.hosts()) {
      healing.add(
          Async.function(
              () ->
                  new Host(host)
                      .healRun(
                          run.runId(),
                          BY,
                          why -> hands.tell(host + " is not healed yet: " + why))));
    }
    for (Promise<List<HealReport>> each : healing) {
      each.get().forEach(healed -> hands.tell("healed: " + healed.inspection().detail()));
    }
  }

  /**
   * The run, if nobody will close its books any more; null if they are closed. While the run goes
   * on (called too early, or reset) it is waited for, until the deadline.
   */
  private @Nullable OpenRun left(Guarded run, Instant deadline) {
    Duration pause = FIRST_PAUSE;
    while (hands.openRuns().openRun(run.runId()) != null) {
      ExecutionStatus status = hands.histories().status(run.workflowId());
      if (status != ExecutionStatus.RUNNING) {
        hands.tell("the run " + status.text());
        // Once more: it may have closed its books between the two looks.
        return hands.openRuns().openRun(run.runId());
      }
      if (!hands.now().isBefore(deadline)) {
        hands.tell("the run is stuck: it goes on after its latest end");
        return hands.openRuns().openRun(run.runId());
      }
      Workflow.sleep(pause);
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
    return null;
  }

  private void end(OpenRun left) {
    Finding why = LeftBehind.why(hands.histories().status(left.workflowId()));
    DrillReport report = new Reaping(hands, BY).end(left, why);
    hands.tell("closed: " + report.verdict() + ", " + report.outcome().text());
  }
}
