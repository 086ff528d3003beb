package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a run is scored, by hand. */
@Tag("pure")
class ResilienceTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final List<DrillReport.StepLine> steps = new ArrayList<>();
  private final List<DrillReport.InjectionLine> injections = new ArrayList<>();
  private @Nullable Measurement measured;
  private DrillReport.@Nullable Rto rto;

  private void step(String kind, int second, StepStatus status, Criterion.Result... results) {
    List<Criterion> criteria = new ArrayList<>();
    for (Criterion.Result result : results) {
      criteria.add(new Criterion("it is so", result, "seen"));
    }
    Instant at = BEGIN.plusSeconds(second);
    steps.add(
        new DrillReport.StepLine(
            "1." + second, kind, kind, status, at, at.plusMillis(500), "", criteria));
  }

  private void fault(int injected, int healed, boolean verified) {
    injections.add(
        new DrillReport.InjectionLine(
            new UUID(0, injections.size()),
            "service failure",
            "process-tree",
            "service",
            10,
            13,
            BEGIN.plusSeconds(injected),
            BEGIN.plusSeconds(healed),
            BEGIN.plusSeconds(healed),
            verified,
            "workflow",
            ""));
  }

  private DrillReport report() {
    return new DrillReport(
        "run",
        new UUID(0, 0),
        "plan",
        Verdict.PASSED,
        Outcome.COMPLETED,
        BEGIN,
        BEGIN.plusSeconds(60),
        rto,
        measured == null
            ? null
            : new DrillReport.Rpo(measured.lostTransactions(), measured.rpoSeconds(), 0, null),
        measured,
        injections,
        steps,
        List.of(),
        List.of(),
        null);
  }

  private static Measurement load(long lost, long acknowledged) {
    return new Measurement(
        900L, 20, lost, 0.1, 0, 0, 0, 0, 1000, acknowledged, Map.of(), null, null);
  }

  @Test
  void whatWasNotLookedAtCountsAsNothingAndLowersTheCoverage() {
    fault(10, 20, true);

    Resilience score = Resilience.of(report()).orElseThrow();

    assertThat(score.score()).isEqualTo(0.1);
    assertThat(score.coverage()).isEqualTo(0.1);
    assertThat(score.described()).isEqualTo("10 of 100, from 10 % of what there is to look at");
  }

  @Test
  void anExperimentIsScoredByItsSteadyStateAndItsWatch() {
    step("steady-state", 1, StepStatus.MET);
    fault(10, 20, true);
    step("watch", 11, StepStatus.NOT_MET, Criterion.Result.MET, Criterion.Result.NOT_MET);
    step("steady-state", 21, StepStatus.MET);

    Resilience score = Resilience.of(report()).orElseThrow();

    // 1 for steady before, half of 3 for availability, 2 for recovery, 1 for healing, of 10.
    assertThat(score.score()).isEqualTo(0.55);
    assertThat(score.coverage()).isEqualTo(0.7);
  }

  @Test
  void whatNobodyCouldTellIsNoAvailability() {
    fault(10, 20, true);
    step("watch", 11, StepStatus.ERROR, Criterion.Result.UNKNOWN);

    assertThat(Resilience.of(report()).orElseThrow().score()).isEqualTo(0.1);
  }

  @Test
  void aDrillIsScoredByItsLoadItsObjectiveAndItsData() {
    step("steady-state", 1, StepStatus.MET);
    fault(10, 20, true);
    step("detect", 11, StepStatus.MET);
    measured = load(0, 900);
    rto = new DrillReport.Rto(900L, 100, 500L);

    Resilience score = Resilience.of(report()).orElseThrow();

    // 1 + 0.9 of 3 + 1 + half of 2 (twice as long as allowed) + 2 + 1, of 10.
    assertThat(score.score()).isEqualTo(0.87);
    assertThat(score.coverage()).isEqualTo(1.0);
  }

  @Test
  void lostTransactionsAndAHealThatNobodySawCountAsNothing() {
    fault(10, 20, false);
    measured = load(3, 1000);

    Resilience score = Resilience.of(report()).orElseThrow();

    assertThat(score.parts())
        .contains(Resilience.Aspect.INTACT.of(0.0), Resilience.Aspect.HEALED.of(0.0));
    assertThat(score.score()).isEqualTo(0.3);
  }

  @Test
  void aRunWithoutAFaultHasNoScore() {
    step("steady-state", 1, StepStatus.MET);

    assertThat(Resilience.of(report())).isEmpty();
  }
}
