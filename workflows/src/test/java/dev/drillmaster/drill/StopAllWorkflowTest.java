package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.guard.Admission;
import dev.drillmaster.guard.OpenWork;
import dev.drillmaster.guard.Refusal;
import dev.drillmaster.stop.HostStopped;
import dev.drillmaster.stop.StopEvent;
import dev.drillmaster.stop.StopRequest;
import dev.drillmaster.stop.StopStatus;
import dev.drillmaster.verdict.FailureKind;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Everything is stopped on a rehearsed host. */
@Tag("pure")
class StopAllWorkflowTest {

  private static final String STOP = CampaignWorkflowTest.NAME;

  private final RehearsedTemporal temporal = new RehearsedTemporal();
  private final RehearsedHost host = temporal.host;

  @AfterEach
  void close(TestInfo test) throws IOException {
    temporal.keep(test.getTestMethod().orElseThrow().getName(), STOP);
    temporal.close();
  }

  @Test
  void theHostHealsThenTheStopIsRecordedThenRunsEnd() throws Exception {
    WorkflowStub named = held("named");
    WorkflowStub found = held("found");
    host.open =
        new OpenWork(List.of("lab"), List.of(), List.of("named", "found", "gone"), Map.of());

    StopStatus stopped = stop("lab", "named").getResult(StopStatus.class);

    assertThat(stopped.hosts()).singleElement().matches(HostStopped::nothingLeft);
    HostStopped lab = stopped.hosts().get(0);
    assertThat(Objects.requireNonNull(lab.report()).healed()).hasSize(2);
    // A run whose fault was healed ends by itself; the signal may find it over.
    assertThat(Stream.concat(stopped.told().stream(), stopped.gone().stream()))
        .containsExactlyInAnyOrder("named", "found", "gone");
    assertThat(stopped.gone()).contains("gone");
    assertThat(stopped.recorded()).isTrue();
    assertThat(host.asked).containsOnlyOnce("heal all by stop-all");
    for (WorkflowStub run : List.of(named, found)) {
      DrillReport report = stoppedReport(run);
      assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
      assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(report.injections()).allMatch(DrillReport.InjectionLine::healVerified);
    }
  }

  @Test
  void aRunWhoseFaultWasHealedIsNotToldAndEndsByItself() throws Exception {
    WorkflowStub holder = held("holder");
    UUID fault = host.holding().iterator().next();
    host.open = new OpenWork(List.of("lab"), List.of(), List.of("holder"), Map.of(fault, "holder"));

    WorkflowStub stop = stop("lab");
    assertThat(stoppedReport(holder).findings())
        .extracting(Finding::summary)
        .containsExactly("the run was stopped: stop of everything");
    host.open = new OpenWork(List.of("lab"), List.of(), List.of(), Map.of());

    StopStatus stopped = stop.getResult(StopStatus.class);
    assertThat(stopped.told()).isEmpty();
    assertThat(stopped.gone()).containsExactly("holder");
  }

  @Test
  void aRunThatInjectedAfterTheHostHadHealedIsTold() throws Exception {
    WorkflowStub late = waiting("late");
    host.open =
        new OpenWork(List.of("lab"), List.of(), List.of("late"), Map.of(new UUID(0, 7), "late"));

    StopStatus stopped = stop("lab").getResult(StopStatus.class);

    assertThat(stopped.told()).containsExactly("late");
    assertThat(stoppedReport(late).outcome()).isEqualTo(Outcome.STOPPED);
  }

  @Test
  void theStopIsRecordedWithWhoAndWhyAndWhatWasHealed() {
    stop("lab").getResult(StopStatus.class);

    AuditEntry entry = host.kept.get(0);
    assertThat(entry.actor()).isEqualTo("ada");
    assertThat(entry.assurance()).isEqualTo(Assurance.DECLARED);
    assertThat(entry.event())
        .isInstanceOfSatisfying(
            StopEvent.AllStopped.class,
            event -> {
              assertThat(event.reason()).isEqualTo("users complain");
              assertThat(event.hosts()).extracting(HostStopped::host).containsExactly("lab");
            });
  }

  @Test
  void aLedgerThatIsAwayKeepsNeitherHostsNorNamedRunsWaiting() throws Exception {
    WorkflowStub named = waiting("named");
    host.notTaken.add("all-stopped");

    WorkflowStub stop = stop("lab", "named");
    RehearsedTemporal.until(() -> status(stop).told().contains("named"));

    assertThat(status(stop).allHosts()).isTrue();
    assertThat(stoppedReport(named).outcome()).isEqualTo(Outcome.STOPPED);
    RehearsedTemporal.until(() -> status(stop).waiting() != null);
    assertThat(status(stop).recorded()).isFalse();

    host.notTaken.clear();
    assertThat(stop.getResult(StopStatus.class).recorded()).isTrue();
    assertThat(host.keptKinds()).contains("all-stopped");
  }

  @Test
  @Tag("full")
  void aHostThatDoesNotAnswerIsSaidAndKeepsNoRunFromStopping() throws Exception {
    WorkflowStub named = waiting("named");

    WorkflowStub stop = stop(List.of("away", "lab"), List.of("named"));
    assertThat(stoppedReport(named).outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(status(stop).hosts()).extracting(HostStopped::host).containsExactly("lab");

    StopStatus stopped = stop.getResult(StopStatus.class);
    assertThat(stopped.hosts()).extracting(HostStopped::host).containsExactly("lab", "away");
    assertThat(stopped.hosts().get(1))
        .matches(away -> !away.nothingLeft() && !away.problem().isEmpty());
  }

  @Test
  void aStopFromTheUiThatNamesNothingHealsAndStopsWhatTheLedgerKnows() throws Exception {
    WorkflowStub found = held("found");
    host.open = new OpenWork(List.of("lab"), List.of(), List.of("found"), Map.of());

    StopStatus stopped = temporal.start("stopAll", STOP, Map.of()).getResult(StopStatus.class);

    assertThat(stopped.hosts()).singleElement().matches(HostStopped::nothingLeft);
    assertThat(stoppedReport(found).outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(host.kept.stream().map(AuditEntry::event))
        .anyMatch(
            event ->
                event instanceof StopEvent.AllStopped all
                    && all.reason().equals("no reason was given"));
  }

  /** A run that is not admitted yet, so that no healing ends it. */
  private WorkflowStub waiting(String name) {
    for (int ask = 0; ask < 100; ask++) {
      host.answers.add(
          Admission.waiting(new Refusal(Refusal.Kind.TARGET_BUSY, "lab is taken by run other")));
    }
    WorkflowStub run = temporal.drill(name, Duration.ofHours(1));
    RehearsedTemporal.until(() -> run.query("status", DrillStatus.class).phase().equals("waiting"));
    return run;
  }

  /** A run whose fault is held while a step does not end. */
  private WorkflowStub held(String name) throws InterruptedException {
    int others = host.holding().size();
    CountDownLatch begun = new CountDownLatch(1);
    host.hanging.put("fence", begun);
    WorkflowStub run = temporal.drill(name, Duration.ZERO);
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    RehearsedTemporal.until(() -> host.holding().size() > others);
    return run;
  }

  private WorkflowStub stop(String onHost, String... runs) {
    return stop(List.of(onHost), List.of(runs));
  }

  private WorkflowStub stop(List<String> hosts, List<String> runs) {
    return temporal.start("stopAll", STOP, new StopRequest(hosts, runs, "ada", "users complain"));
  }

  private static StopStatus status(WorkflowStub stop) {
    return stop.query("status", StopStatus.class);
  }

  private static DrillReport stoppedReport(WorkflowStub run) {
    WorkflowFailedException failed =
        catchThrowableOfType(WorkflowFailedException.class, () -> run.getResult(DrillReport.class));
    assertThat(failed).isNotNull();
    ApplicationFailure cause = (ApplicationFailure) Objects.requireNonNull(failed.getCause());
    assertThat(cause.getType()).isEqualTo(FailureKind.STOPPED);
    return Objects.requireNonNull(cause.getDetails().get(DrillReport.class));
  }
}
