package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.steadystate.Probe;
import dev.drillmaster.steadystate.TcpProbe;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** How the parts of an experiment follow, on the in-process server. */
@Tag("pure")
class ExperimentWorkflowTest {

  private static final Probe STEADY = new TcpProbe("it answers", "database", null);
  private static final String ID = CampaignWorkflowTest.NAME;
  private static final Duration HOLD = Duration.ofSeconds(2);

  private final RehearsedTemporal temporal = new RehearsedTemporal();
  private final RehearsedHost host = temporal.host;
  private @Nullable WorkflowStub started;

  @AfterEach
  void stop(TestInfo test) throws IOException {
    if (started != null) {
      temporal.keep(test.getTestMethod().orElseThrow().getName(), ID);
    }
    temporal.close();
  }

  private static ExperimentFault fault(String name, String target, @Nullable Begin begin) {
    return new ExperimentFault(
        name,
        new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
        target,
        null,
        null,
        null,
        begin,
        null);
  }

  private static ExperimentStep experiment(Duration hold, ExperimentFault... faults) {
    return new ExperimentStep(
        null,
        null,
        null,
        List.of(STEADY),
        null,
        List.of(faults),
        hold,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static DrillPlan plan(Step... steps) {
    return new DrillPlan(
        "an-experiment", null, null, "lab", null, null, null, List.of(steps), null);
  }

  private WorkflowStub start(Step... steps) {
    DrillPlan plan = plan(steps);
    started =
        temporal.start(plan.workflowType(), ID, new DrillRequest(plan, "somebody", "test", null));
    return started;
  }

  private static DrillReport failed(WorkflowStub run) {
    WorkflowFailedException failed =
        catchThrowableOfType(WorkflowFailedException.class, () -> run.getResult(DrillReport.class));
    ApplicationFailure why = (ApplicationFailure) Objects.requireNonNull(failed.getCause());
    return why.getDetails().get(DrillReport.class);
  }

  private static List<String> codes(DrillReport report) {
    return report.findings().stream().map(Finding::code).toList();
  }

  @Test
  void anExperimentWithOneFaultTakesSixRegularActivities() {
    DrillReport report =
        start(experiment(HOLD, fault("one", "primary", null))).getResult(DrillReport.class);

    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(host.asked)
        .containsSubsequence("look", "inject", "step watch", "heal", "step steady-state")
        .contains("hold")
        .hasSize(6);
    assertThat(report.steps())
        .extracting(DrillReport.StepLine::path)
        .containsExactlyInAnyOrder("1.1", "1.2", "1.3", "1.4", "1");
    assertThat(host.keptKinds()).containsSubsequence("fault-intended", "fault-injected");
  }

  @Test
  void withoutAHoldNothingIsWatched() {
    DrillReport report =
        start(experiment(Duration.ZERO, fault("one", "primary", null)))
            .getResult(DrillReport.class);

    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(host.asked).doesNotContain("step watch").contains("inject", "heal");
  }

  @Test
  void nothingIsInjectedIntoASystemThatIsNotSteadyAndNothingIsProved() {
    host.results.put("look", Criterion.Result.NOT_MET);

    DrillReport report = failed(start(experiment(HOLD, fault("one", "primary", null))));

    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(codes(report)).containsExactly("not-steady-before");
    assertThat(host.asked).containsExactly("look");
  }

  @Test
  void aBreachHealsAllAtOnceTheLastFirstAndTheSystemIsLookedAtOnceMore() {
    host.results.put("watch", Criterion.Result.NOT_MET);

    DrillReport report =
        failed(
            start(experiment(HOLD, fault("one", "primary", null), fault("two", "payments", null))));

    assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(codes(report)).containsExactly("criterion-not-met");
    assertThat(report.injections()).allMatch(DrillReport.InjectionLine::healVerified).hasSize(2);
    assertThat(host.asked).endsWith("step steady-state");
  }

  @Test
  void faultsThatBeginTogetherAreInForceTogether() {
    CountDownLatch watching = new CountDownLatch(1);
    host.hanging.put("watch", watching);

    WorkflowStub run =
        start(experiment(HOLD, fault("one", "primary", null), fault("two", "payments", null)));
    RehearsedTemporal.until(() -> watching.getCount() == 0);

    assertThat(host.askedOf).containsExactlyInAnyOrder("inject db1", "inject payments");
    assertThat(run.getResult(DrillReport.class).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aFaultThatBeginsAfterAnotherIsPreparedAndInjectedThen() {
    host.hanging.put("watch", new CountDownLatch(1));
    ExperimentFault second = fault("two", "payments", new Begin("one", null, null));

    DrillReport report =
        start(experiment(HOLD, fault("one", "primary", null), second)).getResult(DrillReport.class);

    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(host.askedOf.subList(0, 2)).containsExactly("inject db1", "inject payments");
    assertThat(Collections.frequency(host.asked, "prepare")).isEqualTo(1);
    assertThat(report.steps())
        .extracting(DrillReport.StepLine::name)
        .contains("one", "two, after one");
  }

  @Test
  void aFaultWhoseTriggerDoesNotComeNeverBeginsAndNothingIsProved() {
    ExperimentFault second = fault("two", "payments", new Begin(null, HOLD, null));

    DrillReport report = failed(start(experiment(HOLD, fault("one", "primary", null), second)));

    assertThat(codes(report)).containsExactly("fault-never-began");
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(host.askedOf).containsExactly("inject db1", "heal db1");
  }

  @Test
  void aFaultThatEndsEarlyEndsTheOthersAndNothingIsProved() throws Exception {
    CountDownLatch watching = new CountDownLatch(1);
    host.hanging.put("watch", watching);
    WorkflowStub run =
        start(experiment(HOLD, fault("one", "primary", null), fault("two", "payments", null)));
    RehearsedTemporal.until(() -> watching.getCount() == 0);

    host.holderEnds.completeExceptionally(new IllegalStateException("out of memory"));

    DrillReport report = failed(run);
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(codes(report)).contains("holder-failed");
    assertThat(report.injections()).allMatch(DrillReport.InjectionLine::healVerified);
  }

  @Test
  void anEmergencyStopHealsAllFaultsAtOnceAndLooksAtNothingMore() {
    CountDownLatch watching = new CountDownLatch(1);
    host.hanging.put("watch", watching);
    WorkflowStub run =
        start(experiment(HOLD, fault("one", "primary", null), fault("two", "payments", null)));
    RehearsedTemporal.until(() -> watching.getCount() == 0);

    run.signal("emergencyStop");

    DrillReport report = failed(run);
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(codes(report)).containsExactly("stopped");
    assertThat(report.injections()).allMatch(DrillReport.InjectionLine::healVerified).hasSize(2);
    assertThat(host.asked).doesNotContain("step steady-state");
  }

  @Test
  void whatIsInTheWayOfAFaultRefusesTheRunBeforeAnythingIsDone() {
    host.refused.add("prepare");

    DrillReport report = failed(start(experiment(HOLD, fault("one", "primary", null))));

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(codes(report)).containsExactly("refused");
    assertThat(host.asked).doesNotContain("inject", "step steady-state");
  }

  @Test
  void aHostWithoutAnAgentRefusesTheRunBeforeAnythingIsDone() {
    ExperimentFault elsewhere =
        new ExperimentFault(
            "two",
            new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
            "payments",
            null,
            "db-9",
            null,
            null,
            null);

    DrillReport report = failed(start(experiment(HOLD, fault("one", "primary", null), elsewhere)));

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.findings()).extracting(Finding::code).containsExactly("refused");
    assertThat(report.findings().get(0).summary())
        .contains("host db-9 has no agent: start one with drillmaster agent --host db-9");
    assertThat(host.asked).doesNotContain("inject");
  }

  @Test
  void anotherAgentThanTheOneThatLookedDoesNotInject() {
    host.acts = new AgentIdentity("lab", "2:2", new UUID(0, 2), 1, "everything");

    DrillReport report = failed(start(experiment(HOLD, fault("one", "primary", null))));

    assertThat(codes(report)).containsExactly("refused");
    assertThat(host.asked).doesNotContain("hold", "step watch");
  }

  @Test
  void theSeedChoosesTheTargetAndChoosesTheSameAgain() {
    ExperimentFault any =
        new ExperimentFault(
            "one",
            new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
            null,
            List.of("a", "b", "c", "d", "e", "f", "g", "h"),
            null,
            null,
            null,
            null);

    DrillReport first = start(experiment(HOLD, any)).getResult(DrillReport.class);

    String target = first.injections().get(0).target();
    String detail = first.steps().get(0).detail();
    int seed = Integer.parseInt(detail.replaceAll(".*seed (\\d+) chose .*", "$1"));
    assertThat(experiment(HOLD, any).chosen(seed).faults().get(0).target()).isEqualTo(target);
    assertThat(detail).endsWith("chose " + target);
  }

  @Test
  void anExperimentThatMayNotRunIsRefusedWithAllThatIsWrong() {
    ExperimentFault later = fault("one", "primary", new Begin("nobody", null, null));
    ExperimentFault choosy =
        new ExperimentFault(
            null,
            new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
            "primary",
            List.of("standby"),
            null,
            null,
            null,
            Duration.ofSeconds(9));

    List<String> problems =
        PlanRules.problems(plan(experiment(HOLD, later, choosy))).stream()
            .map(PlanRules.Problem::sentence)
            .toList();

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "step 1 (experiment): one begins after \"nobody\", which must be the name of a fault above",
            "step 1 (experiment): process-tree needs either target or anyOf",
            "step 1 (experiment): process-tree must last more than 0 and at most for the hold");
  }

  @Test
  void anExperimentIsAPartOfADrillToo() {
    Step experiment = experiment(HOLD, fault("one", "primary", null));
    Step fence = new FenceStep(null, null, null, null);
    assertThat(plan(experiment, fence).workflowType()).isEqualTo("drill");

    DrillReport report = start(experiment, fence).getResult(DrillReport.class);

    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(host.asked).containsSubsequence("resolve", "look", "inject", "heal", "step fence");
  }
}
