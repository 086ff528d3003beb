package dev.drillmaster.drill;

import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run found, computed from what was measured and never assigned: the worst finding wins, and
 * what could not be measured is a finding.
 */
final class Judgement {

  private Judgement() {}

  /** The findings about objectives that follow from a measurement, or from its absence. */
  static List<Finding> objectives(Objectives objectives, @Nullable Measurement measured) {
    List<Finding> findings = new ArrayList<>();
    if (measured == null) {
      if (objectives.rto() != null || objectives.rpo() != null) {
        findings.add(
            Finding.doubt(
                "not-measured",
                "the plan has objectives, but nothing was measured",
                "let the plan start a load and reconcile it, and see why this run did not come to that"));
      }
      return findings;
    }
    rto(objectives.rto(), measured, findings);
    rpo(objectives.rpo(), measured, findings);
    return findings;
  }

  private static void rto(
      @Nullable Duration objective, Measurement measured, List<Finding> findings) {
    Long millis = measured.rtoMillis();
    if (millis == null) {
      findings.add(
          Finding.failure(
              "no-recovery",
              "the service did not recover while it was measured",
              "look at the steps after the fault: which one did not reach the service?"));
    } else if (objective != null && millis > objective.toMillis()) {
      findings.add(
          Finding.failure(
              "rto-missed",
              String.format(
                  Locale.ROOT,
                  "%d ms without service, objective %d ms",
                  millis,
                  objective.toMillis()),
              "see in the milestones which part of the recovery took the time"));
    } else if (objective != null && millis + measured.rtoErrorMillis() > objective.toMillis()) {
      findings.add(
          Finding.doubt(
              "rto-uncertain",
              String.format(
                  Locale.ROOT,
                  "%d ms without service, give or take %d ms, objective %d ms",
                  millis,
                  measured.rtoErrorMillis(),
                  objective.toMillis()),
              "the error bar reaches over the objective: raise the rate of the load"));
    }
  }

  private static void rpo(
      @Nullable Duration objective, Measurement measured, List<Finding> findings) {
    if (objective == null) {
      return;
    }
    boolean nothingMayBeLost = objective.isZero() && measured.lostTransactions() > 0;
    if (nothingMayBeLost || measured.rpoSeconds() * 1000 > objective.toMillis()) {
      findings.add(
          Finding.failure(
              "rpo-missed",
              String.format(
                  Locale.ROOT,
                  "%d acknowledged transactions lost, the oldest %.3f s old, objective %d ms",
                  measured.lostTransactions(),
                  measured.rpoSeconds(),
                  objective.toMillis()),
              "replicate synchronously, or find out why the standby was so far behind"));
    }
  }

  /** The verdict: the worst of all findings; a run that did not complete never passed. */
  static Verdict verdict(List<Finding> findings, Outcome outcome) {
    Verdict verdict = outcome == Outcome.COMPLETED ? Verdict.PASSED : Verdict.INCONCLUSIVE;
    for (Finding finding : findings) {
      verdict = verdict.and(finding.verdict());
    }
    return verdict;
  }
}
