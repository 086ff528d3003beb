package dev.drillmaster.drill;

import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run did and found. The same record is the workflow's result, the ledger's report and the
 * output of {@code run --json}.
 *
 * @param run the run's name: its workflow id
 * @param runId the run's identity in the ledger: its original execution
 * @param plan the plan's name
 * @param verdict what was found
 * @param outcome how it ended
 * @param startedAt when it began
 * @param endedAt when it was over, rollback included
 * @param rto measured and wanted time without service; null if nothing was measured
 * @param rpo measured and wanted loss; null if nothing was measured
 * @param measurement all that was measured; null if nothing was
 * @param injections every fault, and how it ended
 * @param steps every step
 * @param compensations what was put right afterwards, in the order in which it was done
 * @param findings what somebody should act on
 * @param expected what the plan expects, and whether it came to that; null if it says nothing
 */
public record DrillReport(
    String run,
    UUID runId,
    String plan,
    Verdict verdict,
    Outcome outcome,
    Instant startedAt,
    Instant endedAt,
    @Nullable Rto rto,
    @Nullable Rpo rpo,
    @Nullable Measurement measurement,
    List<InjectionLine> injections,
    List<StepLine> steps,
    List<CompensationLine> compensations,
    List<Finding> findings,
    @Nullable Expected expected) {

  /** Whether it ended as its plan wants it: as expected, or PASSED if the plan says nothing. */
  public boolean asExpected() {
    return expected == null ? verdict == Verdict.PASSED : expected.met();
  }

  /** The same report without the timeline: for whoever keeps many of them in one place. */
  public DrillReport withoutTimeline() {
    return new DrillReport(
        run,
        runId,
        plan,
        verdict,
        outcome,
        startedAt,
        endedAt,
        rto,
        rpo,
        measurement == null ? null : measurement.withoutTimeline(),
        injections,
        steps,
        compensations,
        findings,
        expected);
  }

  /**
   * Milliseconds without service; {@code millis} is null if it never came back, the objective if
   * there is none.
   */
  public record Rto(@Nullable Long millis, long errorMillis, @Nullable Long objectiveMillis) {}

  /** What was lost; {@code seconds} is the age of the oldest lost transaction. */
  public record Rpo(
      long transactions, double seconds, long bytes, @Nullable Double objectiveSeconds) {}

  /**
   * What the plan expects beside what came of it.
   *
   * @param verdict the expected verdict
   * @param findings the codes of the expected findings
   * @param missing those of them that were not found
   * @param extra codes of findings that the plan does not expect
   * @param met whether the run was completed with exactly that verdict and those findings
   */
  public record Expected(
      Verdict verdict,
      List<String> findings,
      List<String> missing,
      List<String> extra,
      boolean met) {

    public Expected {
      findings = List.copyOf(findings);
      missing = List.copyOf(missing);
      extra = List.copyOf(extra);
    }

    /** The verdict and findings that the plan expects, and how the run differs, for people. */
    public String described() {
      return verdict
          + (findings.isEmpty() ? " without findings" : " with " + String.join(", ", findings))
          + (missing.isEmpty() ? "" : "; missing: " + String.join(", ", missing))
          + (extra.isEmpty() ? "" : "; extra: " + String.join(", ", extra));
    }
  }

  /** One fault. Instants are null if it did not come to that. */
  public record InjectionLine(
      UUID id,
      String faultType,
      String mechanism,
      String target,
      double leaseSeconds,
      double boundSeconds,
      @Nullable Instant injectedAt,
      @Nullable Instant healStartedAt,
      @Nullable Instant healedAt,
      boolean healVerified,
      String healedBy,
      String seen) {}

  /** One step. */
  public record StepLine(
      String path,
      String kind,
      String name,
      StepStatus status,
      Instant startedAt,
      @Nullable Instant endedAt,
      String detail,
      List<Criterion> criteria) {}

  /** One compensation. */
  public record CompensationLine(
      int position, String path, String kind, CompensationReport.State state, String detail) {}
}
