package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is stopped on a real Temporal server: one run holds a fault, another one waits. */
@Tag("server")
@Tag("full")
class StopAllOnServerTest {

  private final Path directory;
  private final DrilledHome drilled;
  private DevServer server;

  StopAllOnServerTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.drilled = new DrilledHome(directory);
  }

  @BeforeEach
  void up() throws Exception {
    server = DevServer.start(directory);
  }

  @AfterEach
  void down() throws Exception {
    drilled.close();
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void bothAreOverAndTheNextBeginsAfterResume() throws Exception {
    DrilledHome.Started held =
        drilled.held("postgres-failover-frozen", "--temporal", server.address());
    try (Orchestrator client = Orchestrator.at(server.address())) {
      RunHandle waiting = waiting(client, "waits", Duration.ofMinutes(10));
      assertThat(DrilledHome.await(() -> waiting.status().phase().equals("waiting"))).isTrue();

      DrilledHome.Started stop = drilled.start("stop", "--all", "--reason", "users complain");
      assertThat(stop.end()).as(stop.said()).isZero();
      assertThat(stop.said())
          .containsPattern("lab +1 +1 +\\d+\n")
          .contains("run waits is over: INCONCLUSIVE, stopped");
      System.out.println(stop.said());
      assertThat(held.end()).as(held.said()).isEqualTo(3);
      DrillReport report = waiting.await(DrilledHome.PATIENCE).orElseThrow();
      assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    }

    DrilledHome.Started refused =
        drilled.start("run", "postgres-failover", "--temporal", server.address());
    assertThat(refused.end()).as(refused.said()).isEqualTo(4);
    DrilledHome.Started resume = drilled.start("resume", "--reason", "they are content");
    assertThat(resume.end()).as(resume.said()).isZero();
    DrilledHome.Started next =
        drilled.start("run", "postgres-failover", "--temporal", server.address());
    assertThat(next.end()).as(next.said()).isZero();
    assertThat(drilled.ledger().unaudited()).isEmpty();
  }

  @Test
  void aRunThatWaitsBeginsWhenTheOneBeforeIsOver() throws Exception {
    DrilledHome.Started first = drilled.held("postgres-failover", "--temporal", server.address());
    try (Orchestrator client = Orchestrator.at(server.address())) {
      RunHandle refused = waiting(client, "refused", Duration.ZERO);
      assertThat(refused.await(DrilledHome.PATIENCE).orElseThrow().findings())
          .singleElement()
          .matches(finding -> finding.code().equals("refused-target-busy"));
      RunHandle waiting = waiting(client, "waits", Duration.ofMinutes(10));
      assertThat(DrilledHome.await(() -> waiting.status().phase().equals("waiting"))).isTrue();
      assertThat(first.end()).as(first.said()).isZero();

      DrilledHome.Started worker = drilled.start("worker", "--temporal", server.address());
      assertThat(worker.process().isAlive()).isTrue();
      DrillReport report = waiting.await(DrilledHome.PATIENCE).orElseThrow();
      assertThat(report.verdict()).isNotEqualTo(Verdict.FAILED);
    }
  }

  private static RunHandle waiting(Orchestrator client, String name, Duration maxWait) {
    return RunHandle.start(
        client.client(),
        name,
        new DrillRequest(
            PlanFiles.shipped("postgres-failover"), "somebody", client.name(), maxWait));
  }
}
