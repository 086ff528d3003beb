package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.database.LedgerDatabase;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.drill.DrillWorkflow;
import dev.drillmaster.drill.GuardianWorkflow;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.process.Signal;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import io.temporal.api.enums.v1.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fault is held on the host of an agent when the worker is replaced by one that fails every
 * workflow task of runs, as a release that went wrong does: the run is there and does nothing.
 */
@Tag("server")
@Tag("full")
class StuckRunTest {

  /** Lease, heal time of a frozen service, and a second. */
  private static final Duration BOUND = Duration.ofSeconds(3 + 2 + 1);

  private static final Duration LIMIT = Duration.ofSeconds(15);

  /** A timer of a worker that has died is handed to the next one by then. */
  private static final Duration STICKY = Duration.ofSeconds(10);

  private final DrilledServer server;
  private AgentRoom room;
  private HikariDataSource ledger;

  StuckRunTest(@TempDir Path directory) throws IOException {
    this.server = new DrilledServer(directory);
  }

  /** Fails every workflow task, however often it is tried. */
  public static final class Broken implements DrillWorkflow {

    @Override
    public DrillReport run(DrillRequest request) {
      throw new IllegalStateException("this release cannot go on with a run");
    }

    @Override
    public void emergencyStop() {}

    @Override
    public DrillStatus status() {
      throw new IllegalStateException("this release cannot tell");
    }
  }

  @BeforeEach
  void up() throws Exception {
    server.up();
    ledger = LedgerDatabase.of(server.drilled.home()).writer();
    room = server.room("elsewhere");
    server.start(room);
  }

  @AfterEach
  void down() throws Exception {
    server.down();
    if (ledger != null) {
      ledger.close();
    }
  }

  @Test
  @SuppressWarnings("try") // The broken worker works; nobody calls it.
  void itsFaultEndsByTheStepsLimitAndTheGuardianEndsTheRun() throws Exception {
    long begun = System.nanoTime();
    RunHandle run = server.hold(room, plan(LIMIT));
    try (DrillWorker broken = replaceTheWorker()) {
      run.emergencyStop();
      assertThat(DrilledHome.await(() -> failedTasks(run) > 0)).isTrue();
      assertThat(room.frozen()).as("the run does not do what it is told").isTrue();

      HealReport healed = healed();
      assertThat(healed.by()).isEqualTo("holder");
      Duration held =
          Duration.between(
              room.journal().injected(injection()).orElseThrow().at(), healed.healedAt());
      MeasuredEnd.within(LIMIT.plus(BOUND), "workflow task that fails", healed.by(), held);
      assertThat(room.runs()).isTrue();

      assertThat(DrilledHome.await(() -> ended(run))).as("the books are closed").isTrue();
      Duration closed = Duration.ofNanos(System.nanoTime() - begun);
      Duration latest = LIMIT.plusSeconds(1).plus(BOUND).plus(STICKY);
      MeasuredEnd.within(latest, "the same, books closed", "guardian", closed);
      assertThat(books(run)).containsExactly("INCONCLUSIVE stopped: run-stuck");
      assertThat(server.column("SELECT state || ' by ' || healed_by FROM ledger.injection"))
          .containsExactly("healed by holder");
      assertThat(server.column("SELECT state FROM ledger.permit")).containsExactly("released");
      assertThat(server.drilled.ledger().unaudited()).isEmpty();
      assertThat(guardian(run)).contains("the run is stuck").contains("closed: INCONCLUSIVE");
    }
    assertEndsWithTheNextWorker(run);
  }

  @Test
  @SuppressWarnings("try") // As above.
  void stopAllHealsItAtOnce() throws Exception {
    RunHandle run = server.hold(room, plan(Duration.ofMinutes(2)));
    try (DrillWorker broken = replaceTheWorker()) {
      DrilledHome.Started stop =
          server.drilled.start(
              "stop", "--all", "--reason", "it does nothing", "--temporal", server.address());

      HealReport healed = healed();
      assertThat(healed.by()).isEqualTo("stop-all");
      assertThat(room.runs()).isTrue();
      assertThat(
              DrilledHome.await(
                  () ->
                      stop.said().contains("recorded: no run begins") || !stop.process().isAlive()))
          .isTrue();
      assertThat(stop.said()).containsPattern("elsewhere +1 +1 +\\d+\n");
      System.out.println(stop.said());
      assertThat(DrilledHome.await(() -> failedTasks(run) > 0)).isTrue();
      assertThat(ended(run)).isFalse();
      broken.close();
      assertEndsWithTheNextWorker(run);
      assertThat(stop.end()).as(stop.said()).isZero();
    }
    assertThat(books(run)).contains("INCONCLUSIVE stopped: stopped");
    assertThat(server.drilled.ledger().unaudited()).isEmpty();
  }

  private static DrillPlan plan(Duration limit) {
    long seconds = limit.toSeconds();
    return PlanFiles.parse(
        """
        name: stuck
        system: lab
        maxDuration: %ds
        steps:
          - step: inject
            host: elsewhere
            target: payments
            fault: {mechanism: process-tree, mode: freeze}
            lease: 3s
            limit: %ds
            during:
              - step: detect
                failures: 100000
                limit: %ds
                probe: {probe: sql, name: it answers, database: service-database, query: select 1, equals: "1"}
        """
            .formatted(seconds + 1, seconds, seconds),
        "a test");
  }

  private DrillWorker replaceTheWorker() throws IOException, InterruptedException {
    server.worker().signal(Signal.KILL);
    int killed = server.worker().end();
    assertThat(killed).isNotZero();
    return DrillWorker.ofRuns(
        server.orchestrator(),
        LabHost.of(server.drilled.home()),
        ledger,
        searchable -> new Broken());
  }

  /** What it did to the run before that was done in whole or in part; it is over in any case. */
  @SuppressWarnings("try") // The worker works; nobody calls it.
  private void assertEndsWithTheNextWorker(RunHandle run) throws InterruptedException {
    try (DrillWorker next =
        DrillWorker.ofRuns(server.orchestrator(), LabHost.of(server.drilled.home()), ledger)) {
      DrillReport report = run.await(DrilledHome.PATIENCE).orElseThrow();
      System.out.println("with the next worker: " + report.findings());
      assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    }
  }

  private UUID injection() throws IOException {
    return room.injections().get(0);
  }

  private HealReport healed() throws IOException, InterruptedException {
    UUID injection = injection();
    assertThat(DrilledHome.await(() -> room.journal().closed(injection))).isTrue();
    HealReport healed = room.journal().healed(injection).orElseThrow();
    assertThat(healed.verified()).isTrue();
    return healed;
  }

  private long failedTasks(RunHandle run) {
    return server.history(run).stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
        .count();
  }

  private boolean ended(RunHandle run) throws IOException {
    return server
        .column(
            "SELECT 1 FROM ledger.run WHERE workflow_id = '"
                + run.name()
                + "' AND ended_at IS NOT NULL")
        .contains("1");
  }

  /** Verdict, outcome and finding of the run, one for each finding. */
  private List<String> books(RunHandle run) throws IOException {
    return server.column(
        "SELECT r.verdict || ' ' || r.outcome || ': ' || f.code FROM ledger.run r"
            + " JOIN ledger.finding f USING (run_id) WHERE workflow_id = '"
            + run.name()
            + "'");
  }

  private String guardian(RunHandle run) {
    String id = GuardianWorkflow.idOf(run.name(), run.runId().toString());
    return server.orchestrator().client().newUntypedWorkflowStub(id).getResult(String.class);
  }
}
