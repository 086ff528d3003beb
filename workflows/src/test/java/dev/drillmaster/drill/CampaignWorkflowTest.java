package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drillmaster.campaign.CampaignReport;
import dev.drillmaster.campaign.CampaignRequest;
import dev.drillmaster.campaign.CampaignRun;
import dev.drillmaster.campaign.CampaignStatus;
import dev.drillmaster.campaign.CampaignWorkflow;
import dev.drillmaster.campaign.Wanted;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.verdict.FailureKind;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Campaigns of drills on a rehearsed host, which measures 900 ms and 3 lost transactions. */
@Tag("pure")
class CampaignWorkflowTest {

  static final String NAME = "campaign";

  private static final Duration ENOUGH = Duration.ofSeconds(5);
  private static final Duration TOO_SHORT = Duration.ofMillis(500);

  private final RehearsedHost host = new RehearsedHost();
  private final TestWorkflowEnvironment temporal = RehearsedTemporal.start(host);

  @AfterEach
  void stop(TestInfo test) throws IOException {
    if (Boolean.getBoolean("drillmaster.rewrite")) {
      String name = test.getTestMethod().orElseThrow().getName();
      GoldenHistories.write(name, temporal.getWorkflowClient().fetchHistory(NAME));
    }
    temporal.close();
  }

  @Test
  void eachPlanIsRunAsOftenAsWantedOneAfterTheOther() throws TimeoutException {
    CampaignReport report =
        result(
            begin(
                part(plan("strong", ENOUGH, null, null), 2),
                part(plan("other", ENOUGH, null, null), 1)));

    assertThat(report.expected()).isTrue();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.wanted()).isEqualTo(3);
    assertThat(report.done()).isEqualTo(3);
    assertThat(report.runs())
        .extracting(CampaignRun::run)
        .containsExactly("campaign-1-strong", "campaign-2-strong", "campaign-3-other");
    assertThat(report.runs()).allMatch(run -> Objects.requireNonNull(run.report()).asExpected());
    assertThat(report.plans())
        .extracting(CampaignReport.PlanFigures::plan)
        .containsExactly("strong", "other");
    assertThat(report.rtoWorstMillis()).isEqualTo(900);
    assertThat(report.rtoErrorWorstMillis()).isEqualTo(20);
    assertThat(host.keptKinds())
        .startsWith("campaign-started", "run-started")
        .containsSubsequence("run-ended", "run-started", "run-ended", "run-started", "run-ended")
        .endsWith("campaign-ended");
  }

  @Test
  void aRunOfACampaignKnowsItAndIsCancelledWhenItCloses() throws TimeoutException {
    result(begin(part(plan("strong", ENOUGH, null, null), 1)));

    RunEvent.RunStarted started =
        host.kept.stream()
            .map(entry -> entry.event())
            .filter(RunEvent.RunStarted.class::isInstance)
            .map(RunEvent.RunStarted.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(started.campaign()).isEqualTo(NAME);
    HistoryEvent child =
        history(NAME, EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED).get(0);
    assertThat(child.getStartChildWorkflowExecutionInitiatedEventAttributes())
        .matches(
            asked ->
                asked.getParentClosePolicy()
                    == ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
        .matches(asked -> asked.getWorkflowExecutionTimeout().getSeconds() == 0)
        .matches(asked -> asked.getWorkflowRunTimeout().getSeconds() == 0);
  }

  @Test
  void aWeakPlanThatFailsAsItExpectsIsASuccess() throws TimeoutException {
    Expect expect = new Expect(Verdict.FAILED, List.of("rto-missed"));

    CampaignReport report = result(begin(part(plan("weak", TOO_SHORT, null, expect), 2)));

    assertThat(report.expected()).isTrue();
    assertThat(report.runs())
        .hasSize(2)
        .allMatch(run -> run.verdict() == Verdict.FAILED && run.expected() && run.note().isEmpty());
    // The run itself is not red in the UI, and keeps its verdict.
    assertThat(history("campaign-1-weak", EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED))
        .hasSize(1);
  }

  @Test
  void aFindingThatThePlanDoesNotExpectFailsTheCampaignAfterItsOtherRuns() {
    Expect expect = new Expect(Verdict.FAILED, List.of("rto-missed"));

    CampaignReport report =
        failure(
            begin(
                part(plan("weak", TOO_SHORT, Duration.ZERO, expect), 1),
                part(plan("strong", ENOUGH, null, null), 1)),
            FailureKind.FAILED);

    assertThat(report.runs()).extracting(CampaignRun::expected).containsExactly(false, true);
    assertThat(report.runs().get(0).note()).endsWith("with rto-missed; extra: rpo-missed");
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void aWeakPlanThatPassesFailsTheCampaign() {
    Expect expect = new Expect(Verdict.FAILED, List.of("rto-missed"));

    CampaignReport report =
        failure(begin(part(plan("weak", ENOUGH, null, expect), 1)), FailureKind.FAILED);

    assertThat(report.runs())
        .singleElement()
        .matches(run -> run.verdict() == Verdict.PASSED)
        .matches(run -> !run.expected())
        .matches(run -> run.note().endsWith("missing: rto-missed"));
    assertThat(history("campaign-1-weak", EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED))
        .hasSize(1);
  }

  @Test
  void aFailedRunIsNotTheLast() {
    CampaignReport report =
        failure(
            begin(
                part(plan("late", TOO_SHORT, null, null), 1),
                part(plan("strong", ENOUGH, null, null), 1)),
            FailureKind.FAILED);

    assertThat(report.runs())
        .extracting(CampaignRun::verdict)
        .containsExactly(Verdict.FAILED, Verdict.PASSED);
    assertThat(report.runs().get(0).findings()).containsExactly("rto-missed");
  }

  @Test
  void aRunThatEndsWithoutAReportProvesNothingAndIsNotTheLast() throws Exception {
    WorkflowStub campaign = beginAndHang(part(plan("strong", ENOUGH, null, null), 2));

    host.hanging.clear();
    // Temporal ends it without details. So it does if a run is terminated, but the in-process
    // server
    // does not tell the parent.
    temporal.getWorkflowClient().newUntypedWorkflowStub("campaign-1-strong").cancel();
    CampaignReport report = failure(campaign, FailureKind.INCONCLUSIVE);

    assertThat(report.runs())
        .extracting(CampaignRun::verdict)
        .containsExactly(Verdict.INCONCLUSIVE, Verdict.PASSED);
    assertThat(report.runs().get(0).report()).isNull();
    assertThat(report.runs().get(0).note()).startsWith("it ended without a report");
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void aRunThatThereWasBeforeIsNotMadeASecondTime() {
    DrillPlan plan = plan("strong", ENOUGH, null, null);
    WorkflowStub before =
        temporal
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "drill",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(DrillWorkflow.QUEUE)
                    .setWorkflowId("campaign-1-strong")
                    .build());
    before.start(new DrillRequest(plan, "somebody", "test", null));
    before.getResult(DrillReport.class);

    CampaignReport report = failure(begin(part(plan, 1)), FailureKind.INCONCLUSIVE);

    assertThat(report.runs()).singleElement().matches(run -> run.report() == null);
    assertThat(host.asked.stream().filter("inject"::equals)).hasSize(1);
  }

  @Test
  void anEmergencyStopEndsTheRunWithItsReportAndBeginsNoOther() throws Exception {
    WorkflowStub campaign = beginAndHang(part(plan("strong", ENOUGH, null, null), 3));

    CampaignStatus status = campaign.query("status", CampaignStatus.class);
    assertThat(status.wanted()).containsExactly(new Wanted("strong", 3));
    assertThat(status.current()).isEqualTo("campaign-1-strong");
    campaign.signal("emergencyStop");
    CampaignReport report = failure(campaign, FailureKind.STOPPED);

    assertStopped(report);
    assertThat(host.keptKinds()).contains("campaign-stopped");
  }

  @Test
  void cancelStopsACampaignInTheSameWay() throws Exception {
    WorkflowStub campaign = beginAndHang(part(plan("strong", ENOUGH, null, null), 3));

    campaign.cancel();
    WorkflowFailedException cancelled =
        catchThrowableOfType(
            WorkflowFailedException.class,
            () -> campaign.getResult(40, TimeUnit.SECONDS, CampaignReport.class));

    assertThat(cancelled.getCause()).isInstanceOf(CanceledFailure.class);
    CampaignStatus status = campaign.query("status", CampaignStatus.class);
    assertThat(status.stoppedBy()).isEqualTo("cancel");
    assertStopped(Objects.requireNonNull(status.report()));
  }

  private void assertStopped(CampaignReport report) {
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.wanted()).isEqualTo(3);
    assertThat(report.runs())
        .singleElement()
        .matches(run -> run.outcome() == Outcome.STOPPED)
        .matches(run -> Objects.requireNonNull(run.report()).injections().size() == 1);
    assertThat(history(NAME, EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED))
        .hasSize(1);
    assertThat(host.asked).containsOnlyOnce("inject").contains("heal");
  }

  @Test
  void anEmergencyStopBeforeTheFirstTaskBeginsNoRun() {
    WorkflowStub campaign = stub();
    campaign.signalWithStart(
        "emergencyStop",
        new Object[0],
        new Object[] {
          new CampaignRequest(
              List.of(part(plan("strong", ENOUGH, null, null), 3)), "somebody", "test", null)
        });

    CampaignReport report = failure(campaign, FailureKind.STOPPED);

    assertThat(report.runs()).isEmpty();
    assertThat(host.asked).isEmpty();
    assertThat(host.keptKinds())
        .containsExactly("campaign-started", "campaign-stopped", "campaign-ended");
  }

  @Test
  void aCampaignThatMayNotRunIsRefusedWithAllThatIsWrong() {
    DrillPlan empty = new DrillPlan("empty", null, null, "lab", null, null, null, null, null);
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class,
            () -> begin(part(empty, 101)).getResult(40, TimeUnit.SECONDS, CampaignReport.class));

    ApplicationFailure cause = (ApplicationFailure) Objects.requireNonNull(failed.getCause());
    assertThat(cause.getType()).isEqualTo(FailureKind.REFUSED);
    assertThat(cause.getOriginalMessage())
        .contains("at most 100 in all")
        .contains("plan \"empty\": steps: a plan needs at least one");
    assertThat(host.kept).isEmpty();
  }

  private static CampaignRequest.Part part(DrillPlan plan, int runs) {
    return new CampaignRequest.Part(plan, runs);
  }

  private static DrillPlan plan(
      String name, Duration rto, @Nullable Duration rpo, @Nullable Expect expect) {
    InjectStep inject =
        new InjectStep(
            null,
            Duration.ofSeconds(60),
            null,
            new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
            "primary",
            Duration.ofSeconds(10),
            List.of(new PromoteStep(null, null, null, null, null)),
            null);
    List<Step> steps = List.of(inject, new ReconcileStep(null, null, null));
    return new DrillPlan(
        name, null, null, "lab", null, new Objectives(rto, rpo), null, steps, expect);
  }

  private WorkflowStub stub() {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            "campaign",
            WorkflowOptions.newBuilder()
                .setTaskQueue(CampaignWorkflow.QUEUE)
                .setWorkflowId(NAME)
                .build());
  }

  private WorkflowStub begin(CampaignRequest.Part... parts) {
    WorkflowStub campaign = stub();
    WorkflowExecution started =
        campaign.start(new CampaignRequest(List.of(parts), "somebody", "test", null));
    assertThat(started.getWorkflowId()).isEqualTo(NAME);
    return campaign;
  }

  private WorkflowStub beginAndHang(CampaignRequest.Part... parts) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    host.hanging.put("promote", begun);
    WorkflowStub campaign = begin(parts);
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    return campaign;
  }

  private List<HistoryEvent> history(String workflow, EventType type) {
    return temporal.getWorkflowClient().fetchHistory(workflow).getEvents().stream()
        .filter(event -> event.getEventType() == type)
        .toList();
  }

  private static CampaignReport result(WorkflowStub campaign) throws TimeoutException {
    return campaign.getResult(40, TimeUnit.SECONDS, CampaignReport.class);
  }

  private static CampaignReport failure(WorkflowStub campaign, String kind) {
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class,
            () -> campaign.getResult(40, TimeUnit.SECONDS, CampaignReport.class));
    assertThat(failed).isNotNull();
    ApplicationFailure cause = (ApplicationFailure) Objects.requireNonNull(failed.getCause());
    assertThat(cause.getType()).as(cause.getOriginalMessage()).isEqualTo(kind);
    @Nullable CampaignReport report = cause.getDetails().get(CampaignReport.class);
    return Objects.requireNonNull(report);
  }
}
