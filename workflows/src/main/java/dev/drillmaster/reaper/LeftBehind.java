package dev.drillmaster.reaper;

import dev.drillmaster.drill.LedgerBehind;
import dev.drillmaster.verdict.Finding;

/** Why nobody looks after a run any more, as a finding. */
final class LeftBehind {

  private LeftBehind() {}

  static Finding why(ExecutionStatus status) {
    if (status == ExecutionStatus.COMPLETED || status == ExecutionStatus.FAILED) {
      // A run ends itself only after its books are closed.
      return LedgerBehind.endedItself(status.text());
    }
    return status == ExecutionStatus.RUNNING
        ? Finding.doubt(
            "run-stuck",
            "the run went on after its latest end and did not close its books",
            "see the run's workflow task failures in the Temporal UI, then terminate it")
        : Finding.doubt(
            "ended-from-outside",
            "the run " + status.text() + " before it had closed its books",
            "stop runs by emergencyStop or cancel: a run that is ended from outside proves nothing");
  }
}
