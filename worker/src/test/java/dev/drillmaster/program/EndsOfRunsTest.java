package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DetectStep;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.drill.DrillWorkflow;
import dev.drillmaster.drill.GuardianWorkflow;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.process.Signal;
import dev.drillmaster.reaper.ReaperWorkflow;
import dev.drillmaster.steadystate.HttpProbe;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** However a run ends on a real server: who heals, in which time, and what the books then say. */
@Tag("server")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndsOfRunsTest {

  /** A holder asks once a second whether its run goes on. */
  private static final Duration NOTICED = Duration.ofSeconds(1);

  /** So long a run that holds a fault asks a ledger that does not answer. */
  private static final Duration PATIENCE_WITH_THE_LEDGER = Duration.ofSeconds(10);

  private final Path directory;
  private final DrilledHome drilled;
  private DevServer server;
  private DrillProgram program;
  private Orchestrator orchestrator;

  EndsOfRunsTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.drilled = new DrilledHome(directory);
  }

  @BeforeAll
  void up() throws Exception {
    server = DevServer.start(directory);
    program = DrillProgram.open(drilled.home(), server.address(), line -> {});
    orchestrator = Orchestrator.at(server.address());
  }

  @AfterAll
  void down() throws Exception {
    if (orchestrator != null) {
      orchestrator.close();
    }
    if (program != null) {
      program.close();
    }
    drilled.close();
    if (server != null) {
      server.stop();
    }
  }

  @FunctionalInterface
  private interface Act {
    void on(WorkflowStub run) throws Exception;
  }

  /**
   * A run whose fault is in force.
   *
   * @param run as a client sees it
   * @param injection its fault
   */
  private record Held(WorkflowStub run, UUID injection, InjectionSpec spec) {
    String name() {
      return run.getExecution().getWorkflowId();
    }
  }

  private Held hold(WorkflowOptions.Builder options, DrillPlan plan) throws Exception {
    List<UUID> before = drilled.injections();
    WorkflowStub run =
        orchestrator
            .client()
            .newUntypedWorkflowStub(
                "drill",
                options
                    .setTaskQueue(DrillWorkflow.QUEUE)
                    .setWorkflowId(DrillProgram.newName(plan.name()))
                    .build());
    run.start(new DrillRequest(plan, "a test", orchestrator.name(), null));
    assertThat(DrilledHome.await(() -> drilled.injections().size() > before.size())).isTrue();
    UUID injection = drilled.newestInjection();
    assertThat(DrilledHome.await(() -> Files.exists(drilled.file(injection, "injected.json"))))
        .isTrue();
    return new Held(run, injection, drilled.journal().intent(injection).orElseThrow());
  }

  /** Freezes the standby, which disturbs nobody, until somebody ends it. */
  private static DrillPlan quiet() {
    HttpProbe healthy = new HttpProbe("service 1 is healthy", "service-1", "/health", null, null);
    return new DrillPlan(
        "held",
        null,
        null,
        "lab",
        null,
        null,
        Duration.ofMinutes(2),
        List.of(
            new InjectStep(
                null,
                Duration.ofSeconds(60),
                null,
                new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
                "standby",
                Duration.ofSeconds(5),
                List.of(new DetectStep(null, Duration.ofSeconds(50), null, healthy, null, null)),
                null)),
        null);
  }

  /** Held, and a holder renews its lease. */
  private Held hold() throws Exception {
    Held held = hold(WorkflowOptions.newBuilder(), quiet());
    DrilledHome.awaitHolder(program, held.injection());
    return held;
  }

  /** Does it and returns how the fault was healed, which it was within a heal. */
  private HealReport after(String what, Held held, Act act) throws Exception {
    return after(what, held, Duration.ZERO, act);
  }

  /** The same if it may take so long before anybody knows. */
  private HealReport after(String what, Held held, Duration unnoticed, Act act) throws Exception {
    Instant begun = Instant.now();
    act.on(held.run());
    return measured(what, held, unnoticed, begun);
  }

  private HealReport measured(String what, Held held, Duration unnoticed, Instant begun)
      throws Exception {
    assertThat(DrilledHome.await(() -> drilled.journal().closed(held.injection()))).isTrue();
    HealReport healed = drilled.journal().healed(held.injection()).orElseThrow();
    Duration limit = unnoticed.plus(MeasuredEnd.TOLD).plus(held.spec().fault().healTime());
    MeasuredEnd.within(limit, what, healed.by(), begun, healed.healedAt());
    assertThat(healed.verified()).isTrue();
    return healed;
  }

  private void assertBooks(Held held, String verdict, String outcome, String finding)
      throws Exception {
    String ofRun = " WHERE workflow_id = '" + held.name() + "'";
    assertThat(
            DrilledHome.await(
                () ->
                    !column("SELECT 1 FROM ledger.run" + ofRun + " AND ended_at IS NOT NULL")
                        .isEmpty()))
        .as("the books are closed")
        .isTrue();
    assertThat(column("SELECT verdict || ' ' || outcome FROM ledger.run" + ofRun))
        .containsExactly(verdict + " " + outcome);
    assertThat(column("SELECT code FROM ledger.finding JOIN ledger.run USING (run_id)" + ofRun))
        .contains(finding);
    assertThat(column("SELECT state FROM ledger.injection JOIN ledger.run USING (run_id)" + ofRun))
        .containsOnly("healed");
    assertThat(drilled.ledger().unaudited()).isEmpty();
  }

  private List<String> column(String sql) throws IOException {
    try {
      return drilled.ledger().column(sql);
    } catch (java.sql.SQLException failed) {
      throw new IOException(failed);
    }
  }

  private List<String> commands(Held held) throws IOException {
    return column(
        "SELECT what || ' by ' || assurance || ': ' || why FROM compliance.operator_actions"
            + " JOIN ledger.run USING (run_id) WHERE workflow_id = '"
            + held.name()
            + "' ORDER BY received_at");
  }

  private boolean copied(Held held, String command) throws IOException {
    return commands(held).stream().anyMatch(line -> line.startsWith(command + " by identity"));
  }

  @Test
  void emergencyStop() throws Exception {
    Held held = hold();

    HealReport healed = after("emergencyStop", held, run -> run.signal("emergencyStop"));

    assertThat(healed.by()).isEqualTo("workflow");
    assertBooks(held, "INCONCLUSIVE", "stopped", "stopped");
    assertThat(DrilledHome.await(() -> copied(held, "emergencyStop"))).isTrue();
    assertThat(commands(held)).hasSize(1);
  }

  @Test
  void cancel() throws Exception {
    Held held = hold();

    after("cancel", held, WorkflowStub::cancel);

    assertBooks(held, "INCONCLUSIVE", "stopped", "stopped");
    assertThat(DrilledHome.await(() -> copied(held, "cancel"))).isTrue();
  }

  @Test
  void terminate() throws Exception {
    Held held = hold();

    HealReport healed = after("terminate", held, run -> run.terminate("a test wants it"));

    assertThat(healed.by()).isIn("guardian", "holder");
    assertBooks(held, "INCONCLUSIVE", "stopped", "ended-from-outside");
    assertThat(DrilledHome.await(() -> copied(held, "terminate"))).isTrue();
    assertThat(commands(held)).containsExactly("terminate by identity: a test wants it");
  }

  @Test
  void terminateInTheMiddleOfAFailover() throws Exception {
    Held held = hold(WorkflowOptions.newBuilder(), PlanFiles.shipped("postgres-failover-frozen"));
    assertThat(
            DrilledHome.await(
                () ->
                    !column(
                            "SELECT 1 FROM ledger.compensation JOIN ledger.run USING (run_id)"
                                + " WHERE workflow_id = '"
                                + held.name()
                                + "' AND path LIKE '%.3'")
                        .isEmpty()))
        .isTrue();

    after("terminate while it promotes", held, run -> run.terminate("a test wants it"));

    assertBooks(held, "INCONCLUSIVE", "stopped", "ended-from-outside");
    assertThat(drilled.pair().primary()).isPresent();
    assertThat(drilled.pair().hasTwoPrimaries()).isFalse();
    assertThat(
            column(
                "SELECT state FROM ledger.compensation JOIN ledger.run USING (run_id) WHERE"
                    + " workflow_id = '"
                    + held.name()
                    + "'"))
        .isNotEmpty()
        .isSubsetOf("done", "not-needed");
  }

  @Test
  void terminateOfTheRunAndItsGuardian() throws Exception {
    Held held = hold();

    HealReport healed =
        after("terminate, guardian included", held, NOTICED, run -> terminateBoth(held));

    assertThat(healed.by()).isEqualTo("holder");
    assertReaped(held);
  }

  @Test
  void terminateOfBothBeforeTheFaultHasAHolder() throws Exception {
    Held held = hold(WorkflowOptions.newBuilder(), quiet());

    HealReport healed =
        after(
            "the same before there is a holder",
            held,
            held.spec().lease(),
            run -> terminateBoth(held));

    assertThat(healed.by()).isIn("watchdog", "holder");
    assertReaped(held);
  }

  private void terminateBoth(Held held) {
    String guardian = GuardianWorkflow.idOf(held.name(), held.run().getExecution().getRunId());
    orchestrator.client().newUntypedWorkflowStub(guardian).terminate("a test");
    held.run().terminate("a test");
  }

  private void assertReaped(Held held) throws Exception {
    WorkflowStub reaper =
        orchestrator
            .client()
            .newUntypedWorkflowStub(
                "reaper",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ReaperWorkflow.ID + "/" + held.name())
                    .setTaskQueue(DrillWorkflow.QUEUE)
                    .build());
    reaper.start(orchestrator.name());
    assertThat(reaper.getResult(String.class)).contains(held.name() + " was terminated");
    assertBooks(held, "INCONCLUSIVE", "stopped", "ended-from-outside");
  }

  /** The server is frozen for longer than the lease, and thaws. */
  @Test
  void aServerThatIsSilentForAMinute() throws Exception {
    Held held = hold();
    server.freeze();
    HealReport healed;
    try {
      healed = after("a server that is silent", held, held.spec().lease(), run -> {});
    } finally {
      server.thaw();
    }

    assertThat(healed.by()).isEqualTo("holder");
    assertBooks(held, "INCONCLUSIVE", "stopped", "holder-failed");
  }

  /** The ledger is frozen until the run has given it up and rolled back. */
  @Test
  void aLedgerThatDoesNotAnswer() throws Exception {
    Held held = hold(WorkflowOptions.newBuilder(), PlanFiles.shipped("postgres-failover"));
    ProcessTree ledger = new ProcessTree(drilled.home().ledger().resolve("data"));
    HealReport healed;
    try {
      Signal.STOP.send(ledger.members());
      healed = measured("a ledger that is silent", held, PATIENCE_WITH_THE_LEDGER, Instant.now());
      DrillStatus status = held.run().query("status", DrillStatus.class);
      assertThat(status.waiting()).contains("the ledger does not answer");
    } finally {
      Signal.CONT.send(ledger.members());
    }

    assertThat(healed.by()).isEqualTo("workflow");
    assertBooks(held, "INCONCLUSIVE", "stopped", "step-error");
  }

  @Test
  void timeoutOfTheWorkflow() throws Exception {
    Held held =
        hold(
            WorkflowOptions.newBuilder().setWorkflowExecutionTimeout(Duration.ofSeconds(6)),
            quiet());

    assertThat(DrilledHome.await(() -> held.run().describe().getCloseTime() != null)).isTrue();
    Instant over = Objects.requireNonNull(held.run().describe().getCloseTime());
    measured("timeout of the workflow", held, Duration.ZERO, over);

    assertBooks(held, "INCONCLUSIVE", "stopped", "ended-from-outside");
  }
}
