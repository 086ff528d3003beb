package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.process.Signal;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two hosts with an agent each, and a worker with the lab, on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoAgents {

  /** Lease, heal time of a frozen service, and a second. */
  private static final Duration BOUND = Duration.ofSeconds(3 + 2 + 1);

  final Path directory;
  final DrilledHome drilled;
  DevServer server;
  AgentRoom one;
  AgentRoom two;
  DrilledHome.Started agentOne;
  DrilledHome.Started agentTwo;
  Orchestrator orchestrator;
  private DrilledHome.Started worker;
  private int runs;

  TwoAgents(Path directory) throws IOException {
    this.directory = directory;
    this.drilled = new DrilledHome(directory);
  }

  /** Starts the server, after whatever else is needed. */
  abstract DevServer startServer() throws Exception;

  /** What kind of host they are, in a few words. */
  abstract String kind();

  /** What programs of the first or second host are started by. */
  abstract List<String> inside(int host);

  @BeforeAll
  void up() throws Exception {
    server = startServer();
    orchestrator = Orchestrator.at(server.address());
    one = new AgentRoom(directory, "one", inside(1));
    two = new AgentRoom(directory, "two", inside(2));
    worker = drilled.start("worker", "--temporal", server.address());
    assertThat(DrilledHome.await(() -> worker.said().contains("working for")))
        .as(worker.said())
        .isTrue();
    agentOne = one.start(drilled, server.address());
    agentTwo = two.start(drilled, server.address());
    assertThat(agentOne.process().isAlive() && agentTwo.process().isAlive())
        .as(this::agentsSaid)
        .isTrue();
  }

  private String agentsSaid() {
    try {
      return agentOne.said() + agentTwo.said();
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @AfterAll
  void down() throws Exception {
    drilled.close();
    if (one != null && two != null) {
      one.close();
      two.close();
    }
    if (orchestrator != null) {
      orchestrator.close();
    }
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void theFaultOfAnAgentThatIsKilledIsGoneWithinItsBoundAndTheBooksAreClosed() throws Exception {
    RunHandle onOne = start(held("one"));
    RunHandle onTwo = start(held("two"));
    assertThat(DrilledHome.await(() -> one.frozen() && two.frozen()))
        .as(() -> onOne.status() + "\n" + onTwo.status() + "\n" + agentsSaid())
        .isTrue();
    assertThat(agents())
        .containsPattern("one +answers +\\S+ +\\d+ +1 ")
        .containsPattern("two +answers +\\S+ +\\d+ +1 ");

    long killed = System.nanoTime();
    agentOne.signal(Signal.KILL);
    assertThat(DrilledHome.await(one::runs)).isTrue();
    Duration outlived = Duration.ofNanos(System.nanoTime() - killed);
    MeasuredEnd.within(BOUND, "kill of an agent, " + kind(), "watchdog", outlived);
    assertThat(two.frozen()).as("the other host's fault").isTrue();
    assertThat(agents()).containsPattern("one +silent").containsPattern("two +answers");

    agentOne = one.start(drilled, server.address());
    DrillReport first = onOne.await(DrilledHome.PATIENCE).orElseThrow();
    assertThat(first.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(first.injections())
        .singleElement()
        .matches(DrillReport.InjectionLine::healVerified)
        .matches(line -> line.healedBy().equals("watchdog"));
    onTwo.emergencyStop();
    DrillReport second = onTwo.await(DrilledHome.PATIENCE).orElseThrow();
    assertThat(second.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(two.runs()).isTrue();
    assertThat(drilled.ledger().column("SELECT host FROM ledger.injection WHERE healed_at IS NULL"))
        .isEmpty();
    assertThat(
            drilled
                .ledger()
                .column(
                    "SELECT count(*) FROM ledger.audit_event WHERE kind = 'fault-healed'"
                        + " AND payload->>'injectionId' = '"
                        + first.injections().get(0).id()
                        + "'"))
        .containsExactly("1");
    assertThat(one.journal().open()).isEmpty();
    assertThat(two.journal().open()).isEmpty();
    assertThat(drilled.ledger().unaudited()).isEmpty();
  }

  /** What {@code drillmaster agents} prints. */
  String agents() throws IOException, InterruptedException {
    DrilledHome.Started agents = drilled.start("agents");
    assertThat(agents.end()).as(agents.said()).isZero();
    return agents.said();
  }

  RunHandle start(DrillPlan plan) {
    return RunHandle.start(
        orchestrator.client(),
        plan.name() + "-" + UUID.randomUUID() + "-" + runs++,
        new DrillRequest(plan, "a test", orchestrator.name(), null));
  }

  /** Freezes the service of a host until somebody stops the run. */
  static DrillPlan held(String host) {
    return plan(
        host,
        "{step: detect, failures: 100000, limit: 2m, probe: {probe: sql, name: it answers,"
            + " database: service-database, query: select 1, equals: \"1\"}}");
  }

  static DrillPlan plan(String host, String during) {
    return PlanFiles.parse(
        """
        name: elsewhere
        system: lab
        steps:
          - step: inject
            host: %s
            target: payments
            fault: {mechanism: process-tree, mode: freeze}
            lease: 3s
            limit: 2m
            during: [%s]
        """
            .formatted(host, during),
        "a test");
  }
}
