package dev.drillmaster.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.drillmaster.agent.InjectionAccount;
import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.fault.ProxyDown;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.reaper.ExecutionStatus;
import dev.drillmaster.reaper.OpenCompensation;
import dev.drillmaster.reaper.OpenRun;
import dev.drillmaster.reaper.OperatorCommand;
import dev.drillmaster.verdict.Verdict;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What ends a run that nobody looks after: guardian and reaper. */
@Tag("pure")
class GuardianWorkflowTest {

  private static final UUID RUN = UUID.fromString("11111111-1111-4111-8111-111111111111");
  private static final UUID EXECUTION = UUID.fromString("22222222-2222-4222-8222-222222222222");
  private static final LocalDate MONTH = LocalDate.of(2026, 1, 1);
  private static final InjectionSpec INJECTION =
      new InjectionSpec(
          InjectionSpec.idOf(RUN, "1", "db1", 1),
          RUN,
          "1",
          new ProxyDown(),
          "db1",
          "lab",
          Duration.ofSeconds(10),
          Duration.ofMinutes(1));
  private static final OpenRun LEFT =
      new OpenRun(
          RUN,
          EXECUTION,
          "rehearsal-1",
          MONTH,
          Instant.EPOCH,
          new DrillPlan("rehearsal", null, null, "lab", null, null, null, List.of(), null),
          "here",
          List.of(INJECTION),
          List.of(new OpenCompensation(1, "1.1", new SettleCompensation())),
          List.of("1.1"));

  private final RehearsedHost host = new RehearsedHost();
  private final TestWorkflowEnvironment temporal = RehearsedTemporal.start(host);

  @AfterEach
  void stop() {
    temporal.close();
  }

  private WorkflowStub guard(Duration deadline) {
    WorkflowStub guardian = stub("guardian");
    guardian.start(new Guarded(RUN, EXECUTION, "rehearsal-1", MONTH, List.of("lab"), deadline));
    return guardian;
  }

  private WorkflowStub stub(String type) {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            type, WorkflowOptions.newBuilder().setTaskQueue(DrillWorkflow.QUEUE).build());
  }

  /** As Temporal calls it when its run has ended; a cancelled workflow has no result. */
  private static String called(WorkflowStub guardian) {
    guardian.cancel();
    WorkflowFailedException ended =
        catchThrowableOfType(WorkflowFailedException.class, () -> guardian.getResult(String.class));
    assertThat(ended.getCause()).isInstanceOf(CanceledFailure.class);
    return guardian.query("account", String.class);
  }

  @Test
  void calledAfterTheRunWasTerminatedItHealsFirstAndThenEndsTheRun() {
    host.left = LEFT;
    host.status = ExecutionStatus.TERMINATED;
    WorkflowStub guardian = guard(Duration.ofMinutes(10));

    assertThat(called(guardian))
        .contains("the run was terminated")
        .contains("closed: INCONCLUSIVE, stopped");
    assertThat(host.relieved).containsExactly("heal-run by guardian");
    assertThat(host.asked).containsExactly("heal", "compensate settle 1.1");
    assertThat(host.keptKinds())
        .containsExactly(
            "fault-healed", "step-ended", "finding-raised", "compensation-ended", "run-ended");
    assertThat(host.kept).allMatch(entry -> entry.actor().equals("guardian"));
  }

  @Test
  void aRunThatClosedItsBooksIsLeftAlone() {
    WorkflowStub guardian = guard(Duration.ofMinutes(10));

    guardian.signal("relieve");

    assertThat(guardian.getResult(String.class)).isEmpty();
    assertThat(host.relieved).isEmpty();
    assertThat(host.asked).isEmpty();
    assertThat(host.kept).isEmpty();
  }

  @Test
  void relievedWhileTheBooksAreOpenItHealsAsIfItWereCalled() {
    host.left = LEFT;
    host.status = ExecutionStatus.TERMINATED;
    WorkflowStub guardian = guard(Duration.ofMinutes(10));

    guardian.signal("relieve");

    assertThat(guardian.getResult(String.class)).contains("closed: INCONCLUSIVE, stopped");
    assertThat(host.relieved).containsExactly("heal-run by guardian");
    assertThat(host.asked).containsExactly("heal", "compensate settle 1.1");
  }

  @Test
  void relievedWhileTheLedgerIsSilentItHealsBeforeItAsksAgain() {
    host.ledgerFailures.set(1);
    WorkflowStub guardian = guard(Duration.ofMinutes(10));

    guardian.signal("relieve");

    assertThat(guardian.getResult(String.class)).isEmpty();
    assertThat(host.relieved).containsExactly("heal-run by guardian");
  }

  @Test
  void aRunThatIsStuckIsEndedAfterTheDeadline() {
    host.left = LEFT;

    String account = guard(Duration.ofSeconds(2)).getResult(String.class);

    assertThat(account).contains("the run is stuck").contains("closed: INCONCLUSIVE");
    assertThat(host.asked).containsExactly("heal", "compensate settle 1.1");
    assertThat(findings()).containsExactly("run-stuck");
  }

  private List<String> findings() {
    return host.kept.stream()
        .map(AuditEntry::event)
        .filter(RunEvent.FindingRaised.class::isInstance)
        .map(event -> ((RunEvent.FindingRaised) event).finding().code())
        .toList();
  }

  @Test
  void whatOperatorsDidIsCopiedOnceWithTheBestAssuranceThatTheHistoryHas() {
    Instant at = Instant.parse("2026-01-02T03:04:05Z");
    host.commands.add(new OperatorCommand(7, at, "emergencyStop", "ann@example.org", "", ""));
    host.commands.add(new OperatorCommand(9, at, "terminate", "4711@host", "jwt:bob", "too slow"));

    for (int round = 0; round < 2; round++) {
      WorkflowStub guardian = guard(Duration.ofMinutes(10));
      guardian.signal("relieve");
      guardian.getResult(String.class);
    }

    assertThat(host.kept)
        .extracting(AuditEntry::actor, AuditEntry::assurance, AuditEntry::event)
        .containsExactly(
            tuple(
                "ann@example.org",
                Assurance.IDENTITY,
                new RunEvent.OperatorCommanded("emergencyStop", "ann@example.org", "", 7L)),
            tuple(
                "jwt:bob",
                Assurance.PRINCIPAL,
                new RunEvent.OperatorCommanded("terminate", "jwt:bob", "too slow", 9L)));
  }

  @Test
  void everyRunIsGuardedAndItsGuardianGoesWithIt() {
    WorkflowStub run = drill();

    run.getResult(DrillReport.class);

    WorkflowStub ended = guardianOf(run);
    assertThat(ended.getResult(String.class)).isEmpty();
    assertThat(host.relieved).isEmpty();
  }

  @Test
  void aGuardianThatSomebodyEndedKeepsNoRunFromEnding() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    host.hanging.put("steady-state", begun);
    WorkflowStub run = drill();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    guardianOf(run).terminate("a test");

    assertThat(run.getResult(DrillReport.class).verdict()).isEqualTo(Verdict.PASSED);
  }

  private WorkflowStub drill() {
    WorkflowStub run = stub("drill");
    run.start(
        new DrillRequest(
            new DrillPlan(
                "rehearsal",
                null,
                null,
                "lab",
                null,
                null,
                null,
                List.of(new SteadyStateStep(null, null, null)),
                null),
            "somebody",
            "test",
            null));
    return run;
  }

  private WorkflowStub guardianOf(WorkflowStub run) {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            GuardianWorkflow.idOf(
                run.getExecution().getWorkflowId(), run.getExecution().getRunId()));
  }

  @Test
  void theReaperEndsARunWhoseGuardianIsGoneToo() {
    host.left = LEFT;
    host.status = ExecutionStatus.TERMINATED;

    assertThat(reap("here")).contains("rehearsal-1 was terminated: ending it");
    assertThat(host.asked).containsExactly("heal", "compensate settle 1.1");
    assertThat(findings()).containsExactly("ended-from-outside");
    assertThat(reap("here")).isEmpty();
  }

  @Test
  void theReaperLeavesRunsThatAreLookedAfterOrAreAnotherServers() {
    host.left = LEFT;
    assertThat(reap("here")).isEmpty();

    host.status = ExecutionStatus.TERMINATED;
    host.guardianStatus = ExecutionStatus.RUNNING;
    assertThat(reap("here")).isEmpty();

    host.guardianStatus = ExecutionStatus.COMPLETED;
    assertThat(reap("elsewhere")).isEmpty();
    assertThat(host.asked).isEmpty();
  }

  @Test
  void aRunThatEndedItselfAndIsOpenInTheLedgerShowsThatTheLedgerLostItsEnd() {
    host.left = LEFT;
    host.status = ExecutionStatus.COMPLETED;

    assertThat(reap("here")).contains("rehearsal-1 completed: ending it");
    assertThat(findings()).containsExactly("ledger-behind");
  }

  @Test
  void theReaperWritesWhatTheLedgerHasLostBeforeItEndsRuns() {
    host.left = LEFT;
    host.status = ExecutionStatus.TERMINATED;
    host.lost.add(new InjectionAccount(LEFT.openInjections().get(0), Instant.EPOCH, null, null));

    assertThat(reap("here")).startsWith("lost db1\n");
    assertThat(host.asked).containsExactly("reconcile lab", "heal", "compensate settle 1.1");
  }

  private String reap(String orchestrator) {
    WorkflowStub reaper = stub("reaper");
    reaper.start(orchestrator);
    return reaper.getResult(String.class);
  }
}
