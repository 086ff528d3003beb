package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.process.Signal;
import dev.drillmaster.verdict.Verdict;
import dev.drillmaster.wire.Wire;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Drills on a real Temporal server. */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealServerTest {

  private final Path directory;
  private final DrilledHome drilled;
  private DevServer server;

  RealServerTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.drilled = new DrilledHome(directory);
  }

  @BeforeAll
  void up() throws Exception {
    server = DevServer.start(directory);
  }

  @AfterAll
  void down() throws Exception {
    drilled.close();
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void aDrillPassesAndSaysWhatItMeasured() throws Exception {
    DrilledHome.Started program =
        drilled.start("run", "postgres-failover", "--json", "--temporal", server.address());

    assertThat(program.end()).as(program.said()).isZero();
    String said = program.said();
    JsonNode result = Wire.json().readTree(said.substring(said.indexOf("\n{") + 1));
    assertThat(result.path("verdict").asText()).as(said).isEqualTo("PASSED");
    assertThat(result.path("rto").path("millis").asLong()).isBetween(1L, 5000L);
    assertThat(result.path("injections")).hasSize(1);
    assertThat(result.path("injections").get(0).path("healVerified").asBoolean()).isTrue();
    assertThat(drilled.ledger().unaudited()).isEmpty();
    try (Orchestrator client = Orchestrator.at(server.address())) {
      List<HistoryEvent> history =
          client.client().fetchHistory(result.path("run").asText()).getEvents();
      long activities =
          history.stream()
              .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
              .count();
      System.out.printf(
          Locale.ROOT, "drill: %d events, %d regular activities%n", history.size(), activities);
      awaitFound(
          client.client(),
          result.path("run").asText(),
          "DrillVerdict = 'PASSED' AND DrillPhase = 'closed' AND DrillFaultActive = false");
    }
  }

  /** Operators find a run so in the list of the UI, a moment after it is so. */
  private static void awaitFound(WorkflowClient client, String run, String filter)
      throws Exception {
    String one = "WorkflowId = '" + run + "' AND " + filter;
    assertThat(DrilledHome.await(() -> client.listExecutions(one).count() == 1)).as(one).isTrue();
  }

  @Test
  @Tag("full")
  void aPlanWhoseHostHasNoAgentIsRefused() throws Exception {
    List<UUID> before = drilled.injections();
    Path plan = directory.resolve("elsewhere.yaml");
    Files.writeString(
        plan,
        """
        name: elsewhere
        system: lab
        steps:
          - step: inject
            host: db-7
            target: payments
            fault: {mechanism: process-tree, mode: freeze}
        """);

    DrilledHome.Started asked = drilled.start("run", plan.toString(), "--dry-run");
    asked.end();
    assertThat(asked.said()).contains("payments is on host db-7: its agent is asked when");
    DrilledHome.Started run = drilled.start("run", plan.toString(), "--temporal", server.address());

    assertThat(run.end()).as(run.said()).isEqualTo(4);
    assertThat(run.said().replaceAll("\\s+", " "))
        .contains("host db-7 has no agent: start one with drillmaster agent --host db-7");
    assertThat(drilled.injections()).isEqualTo(before);
  }

  @Test
  @Tag("full")
  void aResetInTheMiddleDoesNotInjectASecondTime() throws Exception {
    List<UUID> before = drilled.injections();
    try (DrillProgram program = DrillProgram.open(drilled.home(), server.address(), line -> {});
        Orchestrator orchestrator = Orchestrator.at(server.address())) {
      WorkflowClient client = orchestrator.client();
      RunHandle run = program.start(PlanFiles.read(drilled.heldPlan(), Map.of()), "a test");
      assertThat(DrilledHome.await(() -> drilled.injections().size() > before.size())).isTrue();
      UUID injection = drilled.newestInjection();
      assertThat(DrilledHome.await(() -> Files.exists(drilled.file(injection, "injected.json"))))
          .isTrue();
      awaitFound(
          client,
          run.name(),
          "DrillFaultActive = true AND DrillTargets = 'lab' AND DrillPhase = 'running'"
              + " AND DrillEnvironment = 'lab'");
      DrilledHome.awaitHolder(program, injection);

      Instant reset = Instant.now();
      reset(client, run.name());

      RunHandle afterwards = RunHandle.of(client, run.name());
      assertThat(afterwards.await(DrilledHome.PATIENCE)).isPresent();
      awaitFound(client, run.name(), "DrillFaultActive = false AND DrillPhase = 'closed'");
      assertThat(drilled.injections()).hasSize(before.size() + 1);
      assertThat(drilled.journal().closed(injection)).isTrue();
      HealReport healed = drilled.journal().healed(injection).orElseThrow();
      MeasuredEnd.within(
          MeasuredEnd.TOLD.plus(MeasuredEnd.HEAL), "reset", healed.by(), reset, healed.healedAt());
      assertThat(drilled.journal().open()).isEmpty();
      assertThat(drilled.pair().primary()).isPresent();
      assertThat(
              drilled
                  .ledger()
                  .column(
                      "SELECT DISTINCT execution_id FROM ledger.audit_event WHERE kind = 'run-started' AND run_id = (SELECT run_id FROM ledger.run WHERE workflow_id = '"
                          + run.name()
                          + "')"))
          .as("executions that wrote rows of their own")
          .hasSize(2);
    }
  }

  @Test
  @Tag("full")
  void aRunWhoseProgramDiedIsEndedOnItsServer() throws Exception {
    DrilledHome.Started program =
        drilled.held("postgres-failover-frozen", "--temporal", server.address());
    program.signal(Signal.KILL);
    program.end();

    DrilledHome.Started heal = drilled.start("heal");
    assertThat(heal.end()).as(heal.said()).isZero();
    assertThat(heal.said())
        .contains("is open at " + server.address())
        .contains("closed: INCONCLUSIVE, stopped");
    assertThat(drilled.journal().open()).isEmpty();
    assertThat(drilled.ledger().unaudited()).isEmpty();
    assertThat(drilled.ledger().column("SELECT 1 FROM ledger.run WHERE ended_at IS NULL"))
        .isEmpty();
  }

  @Test
  @Tag("full")
  void aRollbackWhoseProgramDiedIsBegunAgainSoon() throws Exception {
    DrilledHome.Started program =
        drilled.held("postgres-failover-frozen", "--temporal", server.address());
    UUID injection = drilled.newestInjection();
    String victim = drilled.journal().intent(injection).orElseThrow().target();
    assertThat(DrilledHome.await(() -> drilled.newestLoadJournal().contains("\tpromoted\t")))
        .isTrue();
    program.signal(Signal.INT);
    Path copying = drilled.pair().server(victim).home().resolve("data.copying").resolve("base");
    assertThat(DrilledHome.await(() -> Files.exists(copying))).as(program.said()).isTrue();
    program.signal(Signal.KILL);
    program.end();

    long begun = System.nanoTime();
    DrilledHome.Started heal = drilled.start("heal");
    assertThat(heal.end()).as(heal.said()).isZero();

    // A try may take two minutes; nobody waits for the end of one whose program is dead.
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
    assertThat(drilled.pair().primary()).isPresent();
    assertThat(drilled.ledger().column("SELECT 1 FROM ledger.run WHERE ended_at IS NULL"))
        .isEmpty();
  }

  @Test
  @Tag("full")
  void aWorkerWorksForItsServerUntilItIsEnded() throws Exception {
    DrilledHome.Started worker = drilled.start("worker", "--temporal", server.address());
    assertThat(DrilledHome.await(() -> worker.said().contains("working for"))).isTrue();
    RunHandle run;
    try (Orchestrator orchestrator = Orchestrator.at(server.address())) {
      run =
          RunHandle.start(
              orchestrator.client(),
              "started-by-somebody-else",
              new DrillRequest(
                  PlanFiles.shipped("postgres-failover"), "somebody", orchestrator.name(), null));
      DrilledHome.Started status = drilled.start("status");
      assertThat(status.end()).isZero();
      assertThat(status.said()).contains("works for Temporal at " + server.address());
      DrilledHome.Started second =
          drilled.start("run", "postgres-failover", "--temporal", "127.0.0.1:1");
      assertThat(second.end()).isEqualTo(4);
      assertThat(second.said()).contains("with this home: end it first, or leave out --temporal");

      assertThat(run.await(DrilledHome.PATIENCE).orElseThrow().verdict()).isEqualTo(Verdict.PASSED);
      DrilledHome.Started stop = drilled.start("stop", run.name(), "--temporal", server.address());
      assertThat(stop.end()).isZero();
      assertThat(stop.said()).contains("is over already");
    }

    worker.signal(Signal.TERM);
    worker.end();
    DrilledHome.Started after = drilled.start("status");
    assertThat(after.end()).isZero();
    assertThat(after.said()).contains("no run is going on");
  }

  private static void reset(WorkflowClient client, String workflowId) {
    long firstTask =
        client.fetchHistory(workflowId).getEvents().stream()
            .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
            .findFirst()
            .orElseThrow()
            .getEventId();
    client
        .getWorkflowServiceStubs()
        .blockingStub()
        .resetWorkflowExecution(
            ResetWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setWorkflowExecution(
                    WorkflowExecution.newBuilder().setWorkflowId(workflowId).build())
                .setWorkflowTaskFinishEventId(firstTask)
                .setRequestId(UUID.randomUUID().toString())
                .setReason("a test")
                .build());
  }
}
