package dev.drillmaster.reaper;

import dev.drillmaster.agent.Reconciling;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.GuardianWorkflow;

/** Ends what neither its run nor its guardian will end. */
public final class ReaperWorkflowImpl implements ReaperWorkflow {

  /** The actor in the audit trail. */
  static final String BY = "reaper";

  private final WorkflowHands hands = WorkflowHands.patient();

  @Override
  public String reap(String orchestrator) {
    // First: what the ledger has lost of a run is ended with it.
    new Reconciling().run().forEach(hands::tell);
    for (OpenRun run : hands.openRuns().openRuns()) {
      if (run.orchestrator().equals(orchestrator)) {
        look(run);
      }
    }
    return hands.account();
  }

  private void look(OpenRun seen) {
    ExecutionStatus status = hands.histories().status(seen.workflowId());
    if (status == ExecutionStatus.RUNNING || isGuarded(seen)) {
      return;
    }
    // Once more: it may have closed its books between the looks.
    OpenRun left = hands.openRuns().openRun(seen.runId());
    if (left != null) {
      hands.tell("run " + left.workflowId() + " " + status.text() + ": ending it");
      DrillReport report = new Reaping(hands, BY).end(left, LeftBehind.why(status));
      hands.tell("closed: " + report.verdict() + ", " + report.outcome().text());
    }
  }

  private boolean isGuarded(OpenRun run) {
    String guardian = GuardianWorkflow.idOf(run.workflowId(), run.executionId().toString());
    return hands.histories().status(guardian) == ExecutionStatus.RUNNING;
  }
}
