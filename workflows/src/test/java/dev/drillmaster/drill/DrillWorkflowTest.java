package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Held;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.steadystate.Probe;
import dev.drillmaster.steadystate.TcpProbe;
import dev.drillmaster.verdict.FailureKind;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@Tag("pure")
class DrillWorkflowTest {

  private static final String QUEUE = "drillmaster";

  private final RehearsedHost host = new RehearsedHost();
  private final RehearsedHost other = new RehearsedHost();
  private final TestWorkflowEnvironment temporal =
      RehearsedTemporal.start(host, Map.of("lab", host, "db-7", other));

  private @Nullable WorkflowExecution started;

  @AfterEach
  void stop(TestInfo test) throws IOException {
    if (Boolean.getBoolean("drillmaster.rewrite") && started != null) {
      String name = test.getTestMethod().orElseThrow().getName();
      GoldenHistories.write(
          name, temporal.getWorkflowClient().fetchHistory(started.getWorkflowId()));
    }
    temporal.close();
  }

  @Test
  void aDrillWhoseStepsAreAllMetPasses() {
    DrillReport report = result(begin());

    assertThat(report.findings()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.injections())
        .singleElement()
        .matches(DrillReport.InjectionLine::healVerified);
    assertThat(host.asked)
        .containsSubsequence("resolve", "prepare", "inject", "step fence", "heal", "step reconcile")
        .endsWith("compensate settle 1.2", "compensate settle 1.1");
  }

  @Test
  void nothingIsDoneBeforeItsIntentIsKept() {
    result(begin());

    assertThat(host.keptKinds())
        .containsSubsequence(
            "run-started",
            "step-started",
            "fault-intended",
            "fault-injected",
            "compensation-registered",
            "fault-healed",
            "compensation-ended",
            "run-ended");
  }

  @Test
  void aCriterionThatIsNotMetFailsTheRunAfterEverythingIsHealed() {
    host.results.put("promote", Criterion.Result.NOT_MET);

    DrillReport report = failure(begin(), FailureKind.FAILED);

    assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(report.findings()).extracting(Finding::code).contains("criterion-not-met");
    assertThat(host.asked).contains("heal").doesNotContain("step reconcile");
    assertThat(host.asked).endsWith("compensate settle 1.2", "compensate settle 1.1");
  }

  @Test
  void whatCouldNotBeLookedAtIsNeverAPass() {
    host.results.put("fence", Criterion.Result.UNKNOWN);

    DrillReport report = failure(begin(), FailureKind.STOPPED);

    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void anEmergencyStopHealsWithoutWaitingForTheStepThatRuns() throws Exception {
    WorkflowStub run = beginAndHangIn("promote");

    long sentAt = System.nanoTime();
    run.signal("emergencyStop");
    DrillReport report = failure(run, FailureKind.STOPPED);

    assertThat(Duration.ofNanos(System.nanoTime() - sentAt)).isLessThan(Duration.ofSeconds(3));
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.injections()).allMatch(DrillReport.InjectionLine::healVerified);
    assertThat(report.findings()).extracting(Finding::code).containsExactly("stopped");
    assertThat(host.keptKinds()).contains("operator-commanded");
  }

  @Test
  void anEmergencyStopBeforeTheFirstTaskIsWrittenAfterTheRunThatItIsAbout() {
    WorkflowStub run = stub();
    started =
        run.signalWithStart(
            "emergencyStop",
            new Object[0],
            new Object[] {
              new DrillRequest(plan(inject(List.of(), List.of())), "somebody", "test", null)
            });

    DrillReport report = failure(run, FailureKind.STOPPED);

    assertThat(report.findings()).extracting(Finding::code).containsExactly("stopped");
    assertThat(host.keptKinds())
        .startsWith("run-started", "operator-commanded")
        .containsOnlyOnce("operator-commanded")
        .endsWith("run-ended");
    assertThat(host.asked).isEmpty();
  }

  @Test
  void aFaultThatEndsBeforeItsStepsEndsThemAndProvesNothing() throws Exception {
    WorkflowStub run = beginAndHangIn("promote");

    host.holderEnds.complete(
        new Held(new HoldReport(5, Duration.ofMillis(100), false, "latest end"), null));
    DrillReport report = failure(run, FailureKind.STOPPED);

    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(report.findings())
        .singleElement()
        .matches(finding -> finding.code().equals("fault-ended-early"))
        .matches(finding -> finding.summary().contains("latest end"));
    assertThat(report.injections()).allMatch(DrillReport.InjectionLine::healVerified);
    assertThat(host.asked)
        .containsSubsequence("step promote", "heal", "compensate settle 1.1")
        .doesNotContain("step reconcile");
  }

  @Test
  void aFaultThatAStopOfEverythingHealedEndsTheRunAsStoppedWithoutAskingTheHostAgain()
      throws Exception {
    WorkflowStub run = beginAndHangIn("promote");

    host.holderEnds.complete(
        new Held(
            new HoldReport(5, Duration.ofMillis(100), false, "healed"),
            new HealReport(
                Instant.EPOCH,
                Instant.EPOCH,
                HealReport.STOP_OF_EVERYTHING,
                true,
                false,
                new Inspection(Inspection.State.ABSENT, "all run"))));
    DrillReport report = failure(run, FailureKind.STOPPED);

    assertThat(report.findings()).extracting(Finding::code).containsExactly("stopped");
    assertThat(report.injections())
        .singleElement()
        .matches(DrillReport.InjectionLine::healVerified)
        .matches(line -> line.healedBy().equals("stop-all"));
    assertThat(host.asked).contains("compensate settle 1.1").doesNotContain("heal");
    assertThat(host.keptKinds()).containsOnlyOnce("fault-healed");
  }

  @Test
  void aHolderThatFailsEndsTheStepsAndIsTheReason() throws Exception {
    WorkflowStub run = beginAndHangIn("promote");

    host.holderEnds.completeExceptionally(new IllegalStateException("the disk is full"));
    DrillReport report = failure(run, FailureKind.STOPPED);

    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(report.findings())
        .singleElement()
        .matches(finding -> finding.code().equals("holder-failed"))
        .matches(finding -> finding.summary().endsWith("the disk is full"));
  }

  @Test
  void aFaultThatAnotherLayerHealedBeforeTheLastStepEndedProvesNothing() {
    host.healedBy = "holder";

    DrillReport report = failure(begin(), FailureKind.INCONCLUSIVE);

    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.findings()).extracting(Finding::code).containsExactly("fault-ended-early");
  }

  @Test
  void aHealThatNobodySawIsNeverAPass() {
    host.sees = Inspection.State.UNKNOWN;

    DrillReport report = failure(begin(), FailureKind.INCONCLUSIVE);

    assertThat(report.findings()).extracting(Finding::code).containsExactly("heal-not-verified");
  }

  @Test
  void aFaultThatTheHealingHostDoesNotKnowIsNeverAPass() {
    host.forgets = true;

    DrillReport report = failure(begin(), FailureKind.INCONCLUSIVE);

    assertThat(report.findings()).extracting(Finding::code).containsExactly("healed-elsewhere");
  }

  @Test
  void anEmergencyStopDoesNotWaitForAWriteOfTheLedger() throws Exception {
    host.slowKind = "fault-injected";
    WorkflowStub run = begin();
    assertThat(host.writing.await(10, TimeUnit.SECONDS)).isTrue();

    run.signal("emergencyStop");
    DrillReport report = failure(run, FailureKind.STOPPED);

    assertThat(report.injections()).allMatch(DrillReport.InjectionLine::healVerified);
  }

  @Test
  void cancelDoesWhatEmergencyStopDoes() throws Exception {
    WorkflowStub run = beginAndHangIn("promote");

    run.cancel();
    WorkflowFailedException cancelled =
        catchThrowableOfType(WorkflowFailedException.class, () -> run.getResult(DrillReport.class));

    // Temporal ends a cancelled run as cancelled whatever its code throws, so the report is asked
    // for.
    assertThat(cancelled.getCause()).isInstanceOf(CanceledFailure.class);
    DrillReport report = Objects.requireNonNull(run.query("status", DrillStatus.class).report());
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(host.asked)
        .containsSubsequence("heal", "compensate settle 1.2", "compensate settle 1.1");
  }

  @Test
  void healingIsTriedAgainUntilItIsObserved() {
    host.healFailures.set(3);

    DrillReport report = result(begin());

    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(host.asked.stream().filter("heal"::equals)).hasSize(4);
  }

  @Test
  void aCompensationThatFailsFirstIsTriedAgainAndTheOthersAreRunToo() {
    host.compensationFailures.set(2);

    DrillReport report = result(begin());

    assertThat(report.compensations())
        .extracting(DrillReport.CompensationLine::state)
        .containsOnly(CompensationReport.State.DONE);
    assertThat(host.asked).contains("compensate settle 1.2", "compensate settle 1.1");
  }

  @Test
  void aCompensationThatNeverWorksHandsTheRunOver() {
    host.compensationFailures.set(5);

    DrillReport report = failure(begin(), FailureKind.FAILED);

    assertThat(report.outcome()).isEqualTo(Outcome.HANDED_OVER);
    assertThat(report.findings()).extracting(Finding::code).contains("rollback-failed");
    assertThat(host.asked).endsWith("compensate settle 1.1");
  }

  @Test
  void aLedgerThatFailsForAWhileLosesNothing() {
    host.ledgerFailures.set(2);

    DrillReport report = result(begin());

    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(host.keptKinds()).startsWith("run-started").endsWith("run-ended");
  }

  @Test
  void whatTheLedgerHasLostIsWrittenAgainFromTheStartAndTheRunProvesNothing() {
    List<String> whole = kindsOf(begin());
    host.kept.clear();
    host.losesBefore.add("fault-injected");

    DrillReport report = failure(begin(), FailureKind.INCONCLUSIVE);

    assertThat(host.losesBefore).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(report.findings()).extracting(Finding::code).containsExactly("ledger-behind");
    assertThat(host.keptKinds().stream().filter(kind -> !kind.equals("finding-raised")))
        .containsExactlyElementsOf(whole);
  }

  @Test
  void whatTheLedgerLosesJustBeforeTheEndIsWrittenAgainToo() {
    host.losesBefore.add("run-ended");

    DrillReport report = failure(begin(), FailureKind.INCONCLUSIVE);

    assertThat(report.findings()).extracting(Finding::code).containsExactly("ledger-behind");
    assertThat(host.keptKinds())
        .startsWith("run-started")
        .endsWith("run-ended", "finding-raised", "run-ended");
    assertThat(((RunEvent.RunEnded) host.kept.get(host.kept.size() - 1).event()).report())
        .isEqualTo(report);
  }

  private List<String> kindsOf(WorkflowStub run) {
    assertThat(result(run).verdict()).isEqualTo(Verdict.PASSED);
    return host.keptKinds();
  }

  @Test
  void aLedgerThatDoesNotTakeARowSaysWhyAndIsTriedLessAndLessOften() {
    host.notTaken.add("run-started");
    WorkflowStub run = begin();

    assertThat(until(() -> pauses(run).size() >= 3)).isTrue();
    assertThat(run.query("status", DrillStatus.class).waiting())
        .isEqualTo("the ledger does not take what is written: a row breaks a rule; trying again");
    assertThat(pauses(run)).startsWith(1L, 2L, 4L);

    host.notTaken.clear();
    assertThat(result(run).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(run.query("status", DrillStatus.class).waiting()).isNull();
  }

  @Test
  void whileAFaultIsHeldTheLedgerIsTriedEverySecond() {
    host.notTaken.add("fault-injected");
    WorkflowStub run = begin();

    assertThat(until(() -> pauses(run).size() >= 4)).isTrue();
    // The first timer of all is the latest end of the run.
    assertThat(pauses(run)).startsWith(300L, 1L, 1L, 1L);

    host.notTaken.clear();
    assertThat(result(run).verdict()).isEqualTo(Verdict.PASSED);
  }

  /** The timers of a run in seconds, in order. */
  private List<Long> pauses(WorkflowStub run) {
    String id = Objects.requireNonNull(run.getExecution()).getWorkflowId();
    return temporal.getWorkflowClient().fetchHistory(id).getEvents().stream()
        .filter(HistoryEvent::hasTimerStartedEventAttributes)
        .map(event -> event.getTimerStartedEventAttributes().getStartToFireTimeout().getSeconds())
        .toList();
  }

  /** Waits for at most 20 s. */
  private static boolean until(BooleanSupplier wanted) {
    long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!wanted.getAsBoolean()) {
      if (System.nanoTime() > latest) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return true;
  }

  @Test
  void aMissedObjectiveFailsTheRun() {
    DrillReport report =
        failure(begin(new Objectives(Duration.ofMillis(500), null)), FailureKind.FAILED);

    assertThat(report.findings()).extracting(Finding::code).containsExactly("rto-missed");
  }

  @Test
  void aHostThatRefusesBeforeAnythingIsDoneRefusesTheRun() {
    host.refused.add("prepare");

    DrillReport report = failure(begin(), FailureKind.REFUSED);

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    // The heal is for an injection that was begun before: there was none.
    assertThat(host.asked).containsExactly("resolve", "prepare", "heal");
  }

  @Test
  void aRefusalAfterAFaultWasInForceIsAStopAndNotNothing() {
    host.refused.add("fence");
    host.compensated = CompensationReport.State.NOT_NEEDED;

    DrillReport report = failure(begin(), FailureKind.STOPPED);

    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.findings()).extracting(Finding::code).containsExactly("refused");
    assertThat(host.asked).containsSubsequence("inject", "step fence", "heal");
  }

  @Test
  void aRefusalAfterALoadThatHadToBeStoppedIsAStopAndNotNothing() {
    host.refused.add("prepare");
    DrillPlan plan =
        plan(new StartLoadStep(null, null, null, null, null), inject(List.of(), List.of()));

    DrillReport report = failure(begin(plan), FailureKind.STOPPED);

    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(host.asked)
        .containsExactly("resolve", "step start-load", "prepare", "heal", "compensate stop-load 1");
  }

  @Test
  void aFaultWhoseIntentCouldNotBeWrittenEndsAsNeverInjected() {
    host.notTaken.add("fault-intended");
    WorkflowStub run = begin();
    assertThat(until(() -> pauses(run).size() >= 2)).isTrue();

    run.signal("emergencyStop");
    assertThat(until(() -> host.asked.contains("heal"))).isTrue();
    host.notTaken.clear();
    DrillReport report = failure(run, FailureKind.STOPPED);

    assertThat(report.injections()).singleElement().matches(line -> line.injectedAt() == null);
    assertThat(report.findings()).extracting(Finding::code).containsExactly("stopped");
    assertThat(host.asked).doesNotContain("inject");
    assertThat(host.keptKinds()).containsSubsequence("fault-intended", "fault-healed");
  }

  @Test
  void aPlanThatMayNotRunIsRefusedBeforeAnythingIsTouched() {
    assertThat(refusal()).contains("a plan needs at least one");
    assertThat(host.asked).isEmpty();
  }

  @Test
  void aPlanFromTheUiThatLacksItsNameIsRefusedWithWhatIsMissing() {
    assertThat(refusalOf(Map.of("plan", Map.of("steps", List.of()))))
        .contains("name \"\": use lower-case letters")
        .contains("system \"\": name the system");
    assertThat(refusalOf(Map.of())).contains("name \"\": use lower-case letters");
    Map<String, Object> detect = Map.of("step", "detect", "probe", Map.of("probe", "tcp"));
    Map<String, Object> inject = Map.of("step", "inject", "during", List.of(detect));
    assertThat(
            refusalOf(
                Map.of("plan", Map.of("name", "x", "system", "lab", "steps", List.of(inject)))))
        .contains(
            "steps[1].fault: is missing; steps[1].target: is missing;"
                + " steps[1].during[1].probe.name: is missing");
    assertThat(host.asked).isEmpty();
  }

  @Test
  void anInjectStepThatWantsToVerifyIsToldWhere() {
    InjectStep verifying = inject(List.of(new TcpProbe("database", "database", null)), List.of());

    assertThat(refusal(verifying))
        .contains(
            "step 1 (inject): verify is not asked of an inject step; give it to a step inside"
                + " during");
    assertThat(host.asked).isEmpty();
  }

  @Test
  void nothingMayBeInjectedOrComparedBeforeTheLoadThatMeasures() {
    Step load = new StartLoadStep(null, null, null, null, null);
    Step reconcile = new ReconcileStep(null, null, null);
    Step stop = new StopLoadStep(null, null, null);

    assertThat(refusal(inject(List.of(), List.of(load)), reconcile))
        .contains("step 1 (inject): no load runs yet, so that nothing is measured")
        .contains("put it after start-load, which is step 1.1")
        .doesNotContain("reconcile");
    assertThat(refusal(reconcile, stop, load))
        .contains("step 1 (reconcile): no load runs yet")
        .contains("step 2 (stop-load): no load runs yet")
        .contains("start-load, which is step 3");
    assertThat(PlanRules.problems(plan(load, inject(List.of(), List.of()), reconcile, stop)))
        .isEmpty();
    assertThat(host.asked).isEmpty();
  }

  @Test
  void aHostWithTwoAgentsIsRefusedBeforeAnythingIsDone() {
    host.heals = new AgentIdentity("lab", "2:1", new UUID(0, 2), 1, "everything");

    DrillReport report = failure(begin(), FailureKind.REFUSED);

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.findings())
        .singleElement()
        .matches(finding -> finding.code().equals("refused"))
        .extracting(Finding::summary)
        .isEqualTo("host lab has two agents, processes 1 and 2: end one of them");
    assertThat(host.asked).isEmpty();
  }

  @Test
  @Tag("full") // Silence takes five seconds.
  void aPlanWhoseHostHasNoAgentIsRefusedBeforeAnythingIsDone() {
    ProcessTreeFailure freeze = new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE);
    InjectStep elsewhere =
        new InjectStep(null, null, null, freeze, "payments", null, List.of(), "db-8");

    DrillReport report = failure(begin(plan(elsewhere)), FailureKind.REFUSED);

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.findings())
        .singleElement()
        .extracting(Finding::summary)
        .asString()
        .startsWith("host db-8 has no agent: start one with drillmaster agent --host db-8");
    assertThat(host.asked).isEmpty();
    assertThat(host.keptKinds()).containsExactly("run-started", "finding-raised", "run-ended");
  }

  @Test
  void aFaultIsInjectedAndHealedByTheHostThatItsStepNames() {
    ProcessTreeFailure freeze = new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE);
    Step look = new ReconcileStep(null, null, null);
    InjectStep elsewhere =
        new InjectStep(null, null, null, freeze, "payments", null, List.of(look), "db-7");

    DrillReport report = result(begin(plan(elsewhere)));

    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(other.asked).containsExactlyInAnyOrder("prepare", "inject", "hold", "heal");
    assertThat(host.asked).containsExactly("resolve", "step reconcile");
  }

  private static DrillPlan plan(Step... steps) {
    return new DrillPlan("rehearsal", null, null, "lab", null, null, null, List.of(steps), null);
  }

  private static InjectStep inject(List<Probe> verify, List<Step> during) {
    ProcessTreeFailure freeze = new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE);
    return new InjectStep(null, null, verify, freeze, "primary", null, during, null);
  }

  /** Why a plan of these steps is refused. */
  private String refusal(Step... steps) {
    return refusalOf(new DrillRequest(plan(steps), "somebody", "test", null));
  }

  private String refusalOf(Object request) {
    WorkflowStub run = stub();
    started = run.start(request);
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class,
            () -> run.getResult(20, TimeUnit.SECONDS, DrillReport.class));
    assertThat(failed).isNotNull();
    ApplicationFailure cause = (ApplicationFailure) Objects.requireNonNull(failed.getCause());
    assertThat(cause.getType()).isEqualTo(FailureKind.REFUSED);
    return cause.getOriginalMessage();
  }

  private WorkflowStub begin() {
    return begin(new Objectives(Duration.ofSeconds(5), Duration.ofSeconds(1)));
  }

  private WorkflowStub beginAndHangIn(String kind) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    host.hanging.put(kind, begun);
    WorkflowStub run = begin();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    return run;
  }

  private WorkflowStub begin(Objectives objectives) {
    InjectStep inject =
        new InjectStep(
            null,
            Duration.ofSeconds(60),
            null,
            new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
            "primary",
            Duration.ofSeconds(10),
            List.of(
                new FenceStep(null, null, null, null),
                new PromoteStep(null, null, null, null, null)),
            null);
    List<Step> steps =
        List.of(
            inject,
            new ReconcileStep(null, null, List.of(new TcpProbe("database", "database", null))));
    DrillPlan plan =
        new DrillPlan("rehearsal", null, null, "lab", null, objectives, null, steps, null);
    return begin(plan);
  }

  private WorkflowStub begin(DrillPlan plan) {
    WorkflowStub run = stub();
    started = run.start(new DrillRequest(plan, "somebody", "test", null));
    return run;
  }

  private WorkflowStub stub() {
    WorkflowClient client = temporal.getWorkflowClient();
    return client.newUntypedWorkflowStub(
        "drill",
        WorkflowOptions.newBuilder()
            .setTaskQueue(QUEUE)
            .setWorkflowId(CampaignWorkflowTest.NAME)
            .build());
  }

  private static DrillReport result(WorkflowStub run) {
    return run.getResult(DrillReport.class);
  }

  private static DrillReport failure(WorkflowStub run, String kind) {
    WorkflowFailedException failed =
        catchThrowableOfType(WorkflowFailedException.class, () -> run.getResult(DrillReport.class));
    assertThat(failed).isNotNull();
    ApplicationFailure cause = (ApplicationFailure) Objects.requireNonNull(failed.getCause());
    assertThat(cause.getType()).isEqualTo(kind);
    @Nullable DrillReport report = cause.getDetails().get(DrillReport.class);
    return Objects.requireNonNull(report);
  }
}
