package dev.drillmaster.report;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an objective fared. Read from the findings of the run and never judged again, so that verdict
 * and text cannot disagree.
 */
public enum ObjectiveState {
  /** There is an objective, the run was completed, and nothing was found against it. */
  MET("met"),
  /** Nobody asked, or a run that was not completed was not judged: then it is only a figure. */
  MEASURED("measured"),
  UNCERTAIN("UNCERTAIN"),
  MISSED("MISSED");

  private final String text;

  ObjectiveState(String text) {
    this.text = text;
  }

  /** One word for people; what needs attention stands out. */
  public String text() {
    return text;
  }

  /** Of the time without service. */
  public static ObjectiveState of(DrillReport report, DrillReport.Rto rto) {
    return of(report, rto.objectiveMillis(), Set.of("no-recovery", "rto-missed", "rto-uncertain"));
  }

  /** Of what was lost. */
  public static ObjectiveState of(DrillReport report, DrillReport.Rpo rpo) {
    return of(report, rpo.objectiveSeconds(), Set.of("rpo-missed"));
  }

  private static ObjectiveState of(
      DrillReport report, @Nullable Object objective, Set<String> against) {
    for (Finding finding : report.findings()) {
      if (against.contains(finding.code())) {
        return finding.verdict() == Verdict.FAILED ? MISSED : UNCERTAIN;
      }
    }
    boolean judged = objective != null && report.outcome() == Outcome.COMPLETED;
    return judged ? MET : MEASURED;
  }
}
