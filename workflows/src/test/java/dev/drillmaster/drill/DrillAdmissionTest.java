package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drillmaster.guard.Admission;
import dev.drillmaster.guard.AdmissionRequest;
import dev.drillmaster.guard.Refusal;
import dev.drillmaster.verdict.FailureKind;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What a run does with the answer of the guard. */
@Tag("pure")
class DrillAdmissionTest {

  private static final String RUN = CampaignWorkflowTest.NAME;

  private static final Refusal BUSY =
      new Refusal(Refusal.Kind.TARGET_BUSY, "lab is taken by run other");

  private final RehearsedTemporal temporal = new RehearsedTemporal();
  private final RehearsedHost host = temporal.host;

  @AfterEach
  void close(TestInfo test) throws IOException {
    temporal.keep(test.getTestMethod().orElseThrow().getName(), RUN);
    temporal.close();
  }

  @Test
  void aRunAsksForItsSystemBeforeAnythingIsTouched() {
    DrillReport report = temporal.drill(RUN, null).getResult(DrillReport.class);

    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    AdmissionRequest asked = host.asks.get(0);
    assertThat(asked.targets()).containsExactly("lab");
    assertThat(asked.runId()).isEqualTo(report.runId());
    assertThat(asked.maxWait()).isZero();
    assertThat(asked.maxDuration()).isEqualTo(Duration.ofMinutes(5));
    // A fault that is frozen outlives its steps by lease, heal time and a second; fencing has one
    // compensation.
    assertThat(asked.lasting())
        .isEqualTo(Duration.ofMinutes(5).plus(Compensating.LIMIT).plus(boundOfTheFault()));
  }

  private static Duration boundOfTheFault() {
    InjectStep inject = (InjectStep) RehearsedTemporal.plan(null).steps().get(0);
    return inject.fault().bound(inject.lease());
  }

  @Test
  void aRunThatIsRefusedForNowTouchesNothingAndCompletes() {
    host.answers.add(Admission.refused(BUSY));

    DrillReport report = temporal.drill(RUN, null).getResult(DrillReport.class);

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(report.findings())
        .singleElement()
        .matches(finding -> finding.code().equals("refused-target-busy"))
        .matches(finding -> finding.summary().equals("lab is taken by run other"));
    assertThat(host.asked).isEmpty();
    assertThat(host.keptKinds()).containsExactly("run-started", "finding-raised", "run-ended");
  }

  @Test
  void aPlanThatMayNeverRunFailsTheRun() {
    host.answers.add(
        Admission.refused(new Refusal(Refusal.Kind.MAX_DURATION, "the plan may take too long")));

    DrillReport report = refused(temporal.drill(RUN, null));

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.findings()).extracting(Finding::code).containsExactly("refused-max-duration");
    assertThat(host.asked).isEmpty();
  }

  @Test
  void aRunThatWaitsSaysForWhatAndBeginsWhenItIsAdmitted() {
    host.answers.add(Admission.waiting(BUSY));

    WorkflowStub run = temporal.drill(RUN, Duration.ofMinutes(1));
    RehearsedTemporal.until(() -> run.query("status", DrillStatus.class).phase().equals("waiting"));
    assertThat(run.query("status", DrillStatus.class).doing())
        .isEqualTo("to be admitted: lab is taken by run other");
    assertThat(host.asked).isEmpty();

    assertThat(run.getResult(DrillReport.class).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(host.asks)
        .hasSize(2)
        .extracting(AdmissionRequest::maxWait)
        .containsOnly(Duration.ofMinutes(1));
  }

  @Test
  void aRunThatWaitedTooLongIsRefused() {
    host.answers.add(Admission.waiting(BUSY));
    host.answers.add(Admission.refused(BUSY));

    DrillReport report = temporal.drill(RUN, Duration.ofSeconds(1)).getResult(DrillReport.class);

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(host.asked).isEmpty();
  }

  @Test
  void aRunThatWaitsIsStoppedAtOnce() {
    for (int ask = 0; ask < 100; ask++) {
      host.answers.add(Admission.waiting(BUSY));
    }
    WorkflowStub run = temporal.drill(RUN, Duration.ofHours(1));
    RehearsedTemporal.until(() -> run.query("status", DrillStatus.class).phase().equals("waiting"));

    run.signal("emergencyStop");
    ApplicationFailure cause = failure(run);

    assertThat(cause.getType()).isEqualTo(FailureKind.STOPPED);
    assertThat(report(cause).outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(host.asked).isEmpty();
  }

  @Test
  void aGuardThatIsAwayForAMomentRefusesNobody() {
    host.guardFailures.set(1);

    DrillReport report = temporal.drill(RUN, null).getResult(DrillReport.class);

    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  @Tag("full")
  void aGuardThatNeverAnswersRefusesAndThatIsRecorded() {
    host.guardFailures.set(100);

    DrillReport report = refused(temporal.drill(RUN, null));

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.findings()).extracting(Finding::code).containsExactly("refused-no-answer");
    assertThat(host.asked).isEmpty();
    assertThat(host.keptKinds())
        .containsExactly("run-started", "permit-refused", "finding-raised", "run-ended");
  }

  @Test
  @Tag("full")
  void aLedgerThatDoesNotEvenTakeTheRunRefusesItAfterAMinute() {
    host.notTaken.add("run-started");
    WorkflowStub run = temporal.drill(RUN, null);

    RehearsedTemporal.until(
        Duration.ofSeconds(90), () -> !run.query("status", DrillStatus.class).findings().isEmpty());
    host.notTaken.clear();
    DrillReport report = refused(run);

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.findings()).extracting(Finding::code).containsExactly("refused-no-answer");
    assertThat(host.asks).isEmpty();
    assertThat(host.keptKinds())
        .containsExactly("run-started", "permit-refused", "finding-raised", "run-ended");
  }

  @Test
  void nobodyWaitsLongerThanADay() {
    WorkflowStub run = temporal.drill(RUN, Duration.ofHours(25));

    ApplicationFailure cause = failure(run);

    assertThat(cause.getType()).isEqualTo(FailureKind.REFUSED);
    assertThat(cause.getOriginalMessage()).isEqualTo("wait: at most 24 h");
  }

  @Test
  void aRequestOfAnEarlierReleaseDoesNotWait() {
    WorkflowStub run =
        temporal.start(
            "drill", RUN, Map.of("plan", RehearsedTemporal.plan(null), "requester", "somebody"));

    assertThat(run.getResult(DrillReport.class).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(host.asks).singleElement().matches(asked -> asked.maxWait().isZero());
  }

  private static DrillReport refused(WorkflowStub run) {
    ApplicationFailure cause = failure(run);
    assertThat(cause.getType()).isEqualTo(FailureKind.REFUSED);
    return report(cause);
  }

  private static DrillReport report(ApplicationFailure cause) {
    return Objects.requireNonNull(cause.getDetails().get(DrillReport.class));
  }

  private static ApplicationFailure failure(WorkflowStub run) {
    WorkflowFailedException failed =
        catchThrowableOfType(WorkflowFailedException.class, () -> run.getResult(DrillReport.class));
    assertThat(failed).isNotNull();
    return (ApplicationFailure) Objects.requireNonNull(failed.getCause());
  }
}
