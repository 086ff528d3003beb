package dev.drillmaster.cli;

import dev.drillmaster.campaign.CampaignReport;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;

/** What the program exits with. Stable: pipelines ask for it. */
final class ExitCode {

  /** The run passed, or ended as its plan expects; for a command that runs nothing: it was done. */
  static final int PASSED = 0;

  /** The system under test did not do what the plan asks. */
  static final int FAILED = 1;

  /** Nothing was proved either way. */
  static final int INCONCLUSIVE = 2;

  /** The run was ended early and found no failure. */
  static final int STOPPED = 3;

  /** A guard or a host refused: nothing was done. */
  static final int REFUSED = 4;

  /** Wrong usage: a command, an option or a plan that is not right. */
  static final int USAGE = 64;

  /** What was asked about is there and not up. */
  static final int UNAVAILABLE = 69;

  /** Our own trouble: what was asked for is right and could not be done. */
  static final int TROUBLE = 70;

  private ExitCode() {}

  /** The code for a run: 0 if it ended as its plan wants it. */
  static int of(DrillReport report) {
    return of(report.asExpected(), report.verdict(), report.outcome());
  }

  /** The code for a campaign: 0 if each run ended as its plan wants it, else the worst of them. */
  static int of(CampaignReport report) {
    if (report.expected()) {
      return PASSED;
    }
    // The lowest is the worst; a campaign without an unexpected run was stopped.
    return report.runs().stream()
        .filter(run -> !run.expected())
        .mapToInt(run -> of(false, run.verdict(), run.outcome()))
        .min()
        .orElse(STOPPED);
  }

  private static int of(boolean expected, Verdict verdict, Outcome outcome) {
    if (expected) {
      return PASSED;
    }
    int code = of(verdict, outcome);
    // It passed, and its plan expects that it does not.
    return code == PASSED ? FAILED : code;
  }

  /** The code for a run that ended so. Only a run that passed and was completed gives 0. */
  static int of(Verdict verdict, Outcome outcome) {
    if (outcome == Outcome.REFUSED) {
      return REFUSED;
    }
    if (verdict == Verdict.FAILED) {
      return FAILED;
    }
    if (outcome == Outcome.STOPPED) {
      return STOPPED;
    }
    return verdict == Verdict.PASSED && outcome == Outcome.COMPLETED ? PASSED : INCONCLUSIVE;
  }
}
