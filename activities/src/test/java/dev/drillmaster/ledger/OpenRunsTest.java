package dev.drillmaster.ledger;

import static dev.drillmaster.ledger.LedgerRoom.MONTH;
import static dev.drillmaster.ledger.LedgerRoom.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.FenceStep;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.drill.SettleCompensation;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.drill.StopLoadCompensation;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionEvent;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.reaper.OpenCompensation;
import dev.drillmaster.reaper.OpenRun;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Severity;
import dev.drillmaster.verdict.Verdict;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class OpenRunsTest {

  private static final DrillPlan PLAN =
      new DrillPlan(
          "failover",
          null,
          null,
          "lab",
          null,
          null,
          null,
          List.of(
              new FenceStep(null, null, null, null),
              new InjectStep(
                  null,
                  Duration.ofSeconds(90),
                  null,
                  new ProcessTreeFailure(ProcessTreeFailure.Mode.KILL),
                  "primary",
                  Duration.ofMillis(7500),
                  List.of(new FenceStep(null, null, null, null)),
                  null)),
          null);

  private static LedgerRoom room;
  private static Ledger ledger;
  private static OpenRuns openRuns;

  private final LedgerRoom.Run run = new LedgerRoom.Run();
  private final String name = "failover-" + run.id;

  @BeforeAll
  static void startLedger() throws IOException, InterruptedException {
    room = LedgerRoom.open();
    ledger = new Ledger(room.writer());
    openRuns = new OpenRuns(room.writer());
  }

  @AfterAll
  static void stopLedger() throws IOException, InterruptedException {
    room.close();
  }

  @Test
  void aRunThatLostItsHistoryIsReadBackAsItWasWritten() {
    ledger.record(
        run.batch(
            started(NOON),
            new RunEvent.StepStarted("1", "fence", "fence", Duration.ofSeconds(10)),
            new RunEvent.CompensationRegistered(1, "1", new SettleCompensation()),
            new RunEvent.StepEnded("1", StepStatus.MET, "done", null),
            new RunEvent.StepStarted("2", "inject", "inject", Duration.ofSeconds(90)),
            new RunEvent.CompensationRegistered(2, "2", new StopLoadCompensation()),
            new InjectionEvent.FaultIntended(spec("db1"), "3 processes run")));

    assertThat(open())
        .contains(
            new OpenRun(
                run.id,
                run.id,
                name,
                MONTH,
                NOON,
                PLAN,
                "embedded 12:34",
                List.of(spec("db1")),
                List.of(
                    new OpenCompensation(2, "2", new StopLoadCompensation()),
                    new OpenCompensation(1, "1", new SettleCompensation())),
                List.of("2")));
  }

  @Test
  void aFaultIsOpenUntilItsAbsenceWasObserved() {
    ledger.record(run.batch(started(NOON)));
    for (String target : List.of("a", "b", "c", "d", "e")) {
      ledger.record(run.batch(new InjectionEvent.FaultIntended(spec(target), "runs")));
    }
    ledger.record(
        run.batch(
            new InjectionEvent.FaultInjected(
                spec("b").id(), new Injected(NOON, seen(Inspection.State.PRESENT))),
            new InjectionEvent.HealUnconfirmed(spec("c").id(), "no answer"),
            healed(spec("d"), true, Inspection.State.ABSENT),
            healed(spec("e"), false, Inspection.State.ABSENT)));

    assertThat(open().orElseThrow().openInjections())
        .containsExactlyInAnyOrder(spec("a"), spec("b"), spec("c"));

    ledger.record(
        run.batch(
            healed(spec("a"), true, Inspection.State.UNKNOWN),
            healed(spec("b"), true, Inspection.State.ABSENT),
            healed(spec("c"), true, Inspection.State.ABSENT)));

    assertThat(open().orElseThrow().openInjections()).containsExactly(spec("a"));
  }

  @Test
  void aFailedCompensationIsOpenAndRunningStepsStandInTheOrderOfThePlan() {
    ledger.record(
        run.batch(
            started(NOON),
            new RunEvent.StepStarted("10.1", "fence", "fence", Duration.ofSeconds(10)),
            new RunEvent.StepStarted("9", "fence", "fence", Duration.ofSeconds(10)),
            new RunEvent.StepStarted("10", "fence", "fence", Duration.ofSeconds(10)),
            new RunEvent.CompensationRegistered(1, "9", new SettleCompensation()),
            new RunEvent.CompensationRegistered(2, "10", new StopLoadCompensation()),
            new RunEvent.CompensationRegistered(3, "10.1", new StopLoadCompensation()),
            ended(1, CompensationReport.State.FAILED),
            ended(2, CompensationReport.State.DONE),
            ended(3, CompensationReport.State.NOT_NEEDED)));

    assertThat(open().orElseThrow().openCompensations())
        .containsExactly(new OpenCompensation(1, "9", new SettleCompensation()));
    assertThat(open().orElseThrow().runningSteps()).containsExactly("9", "10", "10.1");
  }

  @Test
  void rowsOfAnOlderProgramAreUnderstood() throws Exception {
    Finding high = Finding.failure("rto-missed", "5 s", "be faster");
    Finding low = new Finding("slow", Severity.LOW, Verdict.PASSED, "2 s", "be faster");
    InjectionSpec shorter = spec("db1", Duration.ofSeconds(33));
    ledger.record(
        run.batch(
            started(NOON),
            new InjectionEvent.FaultIntended(shorter, "runs"),
            new RunEvent.FindingRaised("2", high),
            new RunEvent.FindingRaised("2", low)));
    assertThat(open().orElseThrow().openInjections()).containsExactly(shorter);
    assertThat(report(Verdict.PASSED, Outcome.COMPLETED).findings())
        .containsExactlyInAnyOrder(high, low);

    room.forge("update ledger.run set orchestrator = null where run_id = '" + run.id + "'");
    room.forge(
        "update ledger.injection set longest_seconds = null where run_id = '%s'".formatted(run.id));
    room.forge("update ledger.finding set verdict = null where run_id = '" + run.id + "'");

    assertThat(open().orElseThrow().orchestrator()).isEmpty();
    assertThat(open().orElseThrow().openInjections()).containsExactly(spec("db1"));
    assertThat(report(Verdict.PASSED, Outcome.COMPLETED).findings())
        .extracting(Finding::verdict)
        .containsExactlyInAnyOrder(Verdict.FAILED, Verdict.INCONCLUSIVE);
  }

  @Test
  void theBooksAreClosedWithWhatTheTablesSay() throws Exception {
    Criterion criterion = Criterion.of("old primary is down", false, "it answers");
    Finding kept = Finding.doubt("criterion-not-met", "it answers", "see why");
    Finding more = Finding.doubt("history-lost", "the workflow is gone", "run again");
    ledger.record(
        run.batch(
            started(NOON),
            new RunEvent.StepStarted("2", "inject", "kill it", Duration.ofSeconds(90)),
            new RunEvent.CompensationRegistered(1, "2", new SettleCompensation()),
            new InjectionEvent.FaultIntended(spec("db1"), "runs"),
            new InjectionEvent.FaultInjected(
                spec("db1").id(), new Injected(NOON, seen(Inspection.State.PRESENT))),
            new RunEvent.StepStarted("2.1", "fence", "fence", Duration.ofSeconds(9)),
            new RunEvent.StepEnded(
                "2.1", StepStatus.NOT_MET, "tried", StepResult.of("tried", criterion)),
            new RunEvent.FindingRaised("2.1", kept),
            healed(spec("db1"), true, Inspection.State.ABSENT),
            new RunEvent.StepEnded("2", StepStatus.STOPPED, "history lost", null),
            ended(1, CompensationReport.State.DONE)));
    assertThat(openRuns.closed(name)).isEmpty();

    DrillReport report =
        openRuns.report(
            run.id, Verdict.INCONCLUSIVE, Outcome.STOPPED, NOON.plusSeconds(60), List.of(more));

    assertThat(report)
        .isEqualTo(
            new DrillReport(
                name,
                run.id,
                "failover",
                Verdict.INCONCLUSIVE,
                Outcome.STOPPED,
                NOON,
                NOON.plusSeconds(60),
                null,
                null,
                null,
                List.of(
                    new DrillReport.InjectionLine(
                        spec("db1").id(),
                        "service-failure",
                        "process-tree",
                        "db1",
                        7.5,
                        23.5,
                        NOON,
                        NOON.plusMillis(1),
                        NOON.plusMillis(40),
                        true,
                        "heal-command",
                        "seen")),
                List.of(
                    new DrillReport.StepLine(
                        "2",
                        "inject",
                        "kill it",
                        StepStatus.STOPPED,
                        NOON,
                        NOON,
                        "history lost",
                        List.of()),
                    new DrillReport.StepLine(
                        "2.1",
                        "fence",
                        "fence",
                        StepStatus.NOT_MET,
                        NOON,
                        NOON,
                        "tried",
                        List.of(criterion))),
                List.of(
                    new DrillReport.CompensationLine(
                        1, "2", "settle", CompensationReport.State.DONE, "so")),
                List.of(kept, more),
                null));

    ledger.record(run.batch(new RunEvent.RunEnded(report)));

    assertThat(open()).isEmpty();
    String stored = openRuns.closed(name).orElseThrow();
    assertThat(Wire.json().readValue(stored, DrillReport.class)).isEqualTo(report);
  }

  @Test
  void aCompensationThatNobodyRanIsNoSuccess() {
    ledger.record(
        run.batch(
            started(NOON), new RunEvent.CompensationRegistered(1, "2", new SettleCompensation())));

    assertThat(report(Verdict.INCONCLUSIVE, Outcome.HANDED_OVER).compensations())
        .containsExactly(
            new DrillReport.CompensationLine(
                1, "2", "settle", CompensationReport.State.FAILED, "nobody ran it"));
  }

  @Test
  void theVerdictIsNoBetterThanWhatIsKnown() {
    ledger.record(run.batch(started(NOON)));

    assertThat(report(Verdict.PASSED, Outcome.COMPLETED).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(report(Verdict.PASSED, Outcome.STOPPED).verdict()).isEqualTo(Verdict.INCONCLUSIVE);

    ledger.record(
        run.batch(new RunEvent.FindingRaised("", Finding.failure("lost", "3 rows", "look"))));

    assertThat(report(Verdict.INCONCLUSIVE, Outcome.STOPPED).verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void aRunThatTheLedgerDoesNotKnowHasNoReport() {
    UUID unknown = UUID.randomUUID();
    assertThatThrownBy(
            () -> openRuns.report(unknown, Verdict.INCONCLUSIVE, Outcome.STOPPED, NOON, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(unknown.toString());
    assertThat(openRuns.closed("no such run")).isEmpty();
  }

  @Test
  void theNewestRunsComeFirst() {
    Instant later = Instant.parse("2026-05-30T12:00:00Z");
    LedgerRoom.Run second = new LedgerRoom.Run();
    ledger.record(new AuditBatch(List.of(second.entry(started(later.plusSeconds(1), "second")))));
    ledger.record(run.batch(started(later)));
    AuditEntry end =
        run.entry(new RunEvent.RunEnded(report(Verdict.INCONCLUSIVE, Outcome.HANDED_OVER)));
    ledger.record(new AuditBatch(List.of(end)));

    assertThat(openRuns.recent(2))
        .containsExactly(
            new RunLine("second", "failover", later.plusSeconds(1), null, null, null),
            new RunLine(
                name,
                "failover",
                later,
                NOON.plusSeconds(60),
                Verdict.INCONCLUSIVE,
                Outcome.HANDED_OVER));
  }

  private Optional<OpenRun> open() {
    return openRuns.all().stream().filter(open -> open.runId().equals(run.id)).findFirst();
  }

  private DrillReport report(Verdict verdict, Outcome outcome) {
    return openRuns.report(run.id, verdict, outcome, NOON.plusSeconds(60), List.of());
  }

  private RunEvent.RunStarted started(Instant at) {
    return started(at, name);
  }

  private static RunEvent.RunStarted started(Instant at, String workflowId) {
    return new RunEvent.RunStarted(
        workflowId, PLAN, "somebody", "embedded 12:34", at, at.plusSeconds(300), null);
  }

  private InjectionSpec spec(String target) {
    return spec(target, PLAN.steps().get(1).limit());
  }

  private InjectionSpec spec(String target, Duration longest) {
    InjectStep step = (InjectStep) PLAN.steps().get(1);
    return new InjectionSpec(
        InjectionSpec.idOf(run.id, "2", target, 1),
        run.id,
        "2",
        step.fault(),
        target,
        "lab",
        step.lease(),
        longest);
  }

  private static Inspection seen(Inspection.State state) {
    return new Inspection(state, "seen");
  }

  private static InjectionEvent.FaultHealed healed(
      InjectionSpec spec, boolean everInjected, Inspection.State state) {
    HealReport heal =
        new HealReport(
            NOON.plusMillis(1),
            NOON.plusMillis(40),
            "heal-command",
            everInjected,
            false,
            seen(state));
    return new InjectionEvent.FaultHealed(spec.id(), heal, null);
  }

  private static RunEvent.CompensationEnded ended(int position, CompensationReport.State state) {
    return new RunEvent.CompensationEnded(position, new CompensationReport(state, "so", 1));
  }
}
