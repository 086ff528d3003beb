package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DetectStep;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.drill.SteadyStateStep;
import dev.drillmaster.drill.Step;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.steadystate.SqlProbe;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        drilled.held(drilled.heldPlan().toString(), "--temporal", server.address());
    try (Orchestrator client = Orchestrator.at(server.address())) {
      RunHandle waiting = waiting(client, "waits", Duration.ofMinutes(10));
      assertThat(DrilledHome.await(() -> waiting.status().phase().equals("waiting"))).isTrue();

      DrilledHome.Started stop = drilled.start("stop", "--all", "--reason", "users complain");
      assertThat(stop.end()).as(stop.said()).isZero();
      assertThat(stop.said())
          .containsPattern("lab +1 +1 +\\d+\n")
          .contains("run waits is over: INCONCLUSIVE, stopped");
      HealReport healed = drilled.journal().healed(drilled.newestInjection()).orElseThrow();
      MeasuredEnd.within(
          MeasuredEnd.HEAL, "stop --all", healed.by(), stop.sentAt(), healed.healedAt());
      assertThat(held.end()).as(held.said()).isEqualTo(3);
      DrillReport report = waiting.await(DrilledHome.PATIENCE).orElseThrow();
      assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    }

    DrilledHome.Started refused =
        drilled.start("run", drilled.lookPlan().toString(), "--temporal", server.address());
    assertThat(refused.end()).as(refused.said()).isEqualTo(4);
    DrilledHome.Started resume = drilled.start("resume", "--reason", "they are content");
    assertThat(resume.end()).as(resume.said()).isZero();
    DrilledHome.Started next =
        drilled.start("run", drilled.lookPlan().toString(), "--temporal", server.address());
    assertThat(next.end()).as(next.said()).isZero();
    assertThat(drilled.ledger().unaudited()).isEmpty();
  }

  @Test
  void aRunThatWaitsBeginsWhenTheOneBeforeIsOver() throws Exception {
    try (DrillProgram program = DrillProgram.open(drilled.home(), server.address(), line -> {})) {
      RunHandle first = program.start(waitsForever(), "a test");
      assertThat(DrilledHome.await(() -> first.status().phase().equals("running"))).isTrue();
      RunHandle waits = program.start(looks(), "a test", Duration.ofMinutes(10));
      assertThat(DrilledHome.await(() -> waits.status().phase().equals("waiting"))).isTrue();
      RunHandle refused = program.start(looks(), "a test");
      DrillReport no = refused.await(DrilledHome.PATIENCE).orElseThrow();
      assertThat(no.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(no.findings())
          .singleElement()
          .matches(finding -> finding.code().equals("refused-target-busy"))
          .matches(finding -> finding.summary().contains(first.name()));
      try (Orchestrator client = Orchestrator.at(server.address())) {
        assertThat(client.client().newUntypedWorkflowStub(refused.name()).describe().getStatus())
            .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
      }

      first.emergencyStop();

      assertThat(waits.await(DrilledHome.PATIENCE).orElseThrow().verdict())
          .isEqualTo(Verdict.PASSED);
    }
  }

  private static DrillPlan looks() {
    return plan("looks", new SteadyStateStep(null, null, null));
  }

  /** Until it is stopped. */
  private static DrillPlan waitsForever() {
    SqlProbe never =
        new SqlProbe(
            "the database answers", "service-database", "select 1", "1", Duration.ofSeconds(1));
    Duration minute = Duration.ofMinutes(1);
    return plan("waits", new DetectStep(null, minute, null, never, 100_000, null));
  }

  private static DrillPlan plan(String name, Step step) {
    return new DrillPlan(name, null, null, "lab", null, null, null, List.of(step), null);
  }

  private static RunHandle waiting(Orchestrator client, String name, Duration maxWait) {
    return RunHandle.start(
        client.client(), name, new DrillRequest(looks(), "somebody", client.name(), maxWait));
  }
}
