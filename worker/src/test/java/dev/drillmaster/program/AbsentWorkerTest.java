package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.process.Signal;
import dev.drillmaster.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker is killed while the agent of another host holds or heals a fault. */
@Tag("server")
@Tag("full")
class AbsentWorkerTest {

  private static final Duration UNTIL_A_WORKER_IS_MISSED = Duration.ofSeconds(15);

  private final DrilledServer server;
  private AgentRoom room;
  private DrilledHome.Started agent;

  AbsentWorkerTest(@TempDir Path directory) throws IOException {
    this.server = new DrilledServer(directory);
  }

  @BeforeEach
  void up() throws Exception {
    server.up();
    room = server.room("elsewhere");
    agent = server.start(room);
  }

  @AfterEach
  void down() throws Exception {
    server.down();
  }

  /** The agent is frozen, so that its heal is under way when the worker dies; then it goes on. */
  @Test
  void aWorkerThatIsKilledDuringAHealIsReplacedAndTheHealIsRecordedOnce() throws Exception {
    RunHandle run = server.hold(room, longLease());
    UUID injection = injection();
    agent.signal(Signal.STOP);
    run.emergencyStop();
    assertThat(DrilledHome.await(() -> server.hasScheduled(run, "heal"))).isTrue();
    server.worker().signal(Signal.KILL);
    Instant thawed = Instant.now();
    agent.signal(Signal.CONT);

    assertThat(DrilledHome.await(() -> room.journal().closed(injection))).isTrue();
    HealReport healed = room.journal().healed(injection).orElseThrow();
    MeasuredEnd.within(
        MeasuredEnd.HEAL, "kill of the worker", healed.by(), thawed, healed.healedAt());
    assertThat(room.runs()).isTrue();
    server.startWorker();

    DrillReport report = run.await(DrilledHome.PATIENCE).orElseThrow();
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.injections())
        .singleElement()
        .matches(DrillReport.InjectionLine::healVerified)
        .matches(line -> line.healedBy().equals("workflow"));
    assertThat(
            server.column(
                "SELECT actor FROM ledger.audit_event WHERE kind = 'fault-healed'"
                    + " AND payload->>'injectionId' = '"
                    + injection
                    + "'"))
        .containsExactly("drillmaster");
    assertThat(
            server.column(
                "SELECT verdict || ' ' || outcome FROM ledger.run WHERE run_id = '"
                    + run.runId()
                    + "'"))
        .containsExactly("INCONCLUSIVE stopped");
    assertThat(server.drilled.ledger().unaudited()).isEmpty();
  }

  @Test
  void stopAllWithoutAWorkerHealsTheHostsOfAgentsAllTheSame() throws Exception {
    RunHandle run = server.hold(room);
    server.worker().signal(Signal.KILL);

    DrilledHome.Started stop =
        server.drilled.start(
            "stop", "--all", "--reason", "nobody works", "--temporal", server.address());

    assertThat(stop.end()).as(stop.said()).isEqualTo(70);
    System.out.println(stop.said());
    assertThat(stop.said())
        .contains("no worker answers")
        .containsPattern("elsewhere +1 +1 +\\d+\n")
        .contains("recorded: no run begins until")
        .contains(run.name() + " was told to stop, and ends when a worker works for it");
    assertThat(room.runs()).isTrue();
    HealReport healed = room.journal().healed(injection()).orElseThrow();
    assertThat(healed.by()).isEqualTo("stop-all");
    MeasuredEnd.within(
        UNTIL_A_WORKER_IS_MISSED.plus(MeasuredEnd.HEAL),
        "stop --all without a worker",
        healed.by(),
        stop.sentAt(),
        healed.healedAt());
    assertThat(server.column("SELECT reason FROM compliance.global_stops"))
        .containsExactly("nobody works");

    server.startWorker();
    assertThat(run.await(DrilledHome.PATIENCE).orElseThrow().outcome()).isEqualTo(Outcome.STOPPED);
    DrilledHome.Started resume = server.drilled.start("resume", "--reason", "somebody works");
    assertThat(resume.end()).as(resume.said()).isZero();
  }

  /** Its watchdog does not heal before somebody else may. */
  private static DrillPlan longLease() {
    return PlanFiles.parse(
        """
        name: held
        system: lab
        steps:
          - step: inject
            host: elsewhere
            target: payments
            fault: {mechanism: process-tree, mode: freeze}
            lease: 10s
            limit: 2m
            during:
              - step: detect
                failures: 100000
                limit: 2m
                probe: {probe: sql, name: it answers, database: service-database, query: select 1, equals: "1"}
        """,
        "a test");
  }

  private UUID injection() throws IOException {
    return room.injections().get(0);
  }
}
