package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.Signal;
import dev.drillmaster.wire.Wire;
import io.temporal.api.enums.v1.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns whose program dies, on a real Temporal server. */
@Tag("server")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CampaignTest {

  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Path directory;
  private final DrilledHome drilled;
  private DevServer server;

  CampaignTest(@TempDir Path directory) throws IOException {
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

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    assertThat(drilled.journal().open()).isEmpty();
    assertThat(drilled.ledger().unaudited()).isEmpty();
    assertThat(column("SELECT workflow_id FROM ledger.run WHERE ended_at IS NULL")).isEmpty();
    assertThat(column("SELECT workflow_id FROM ledger.campaign WHERE ended_at IS NULL")).isEmpty();
  }

  @Test
  void aCampaignWhoseProgramIsKilledAfterItsSecondRunGoesOnAndMakesEachRunOnce() throws Exception {
    int middle = killInRun(3, "five", begin("five", 5));

    DrilledHome.Started again = begin("five", 5);

    // The run that was in the middle proves nothing, and is told as such.
    int code = end(again);
    assertThat(code).as(again.said()).isIn(1, 2, 3);
    assertThat(again.said()).contains("going on with it").contains("run 5 of 5: ");
    JsonNode campaign = json(again);
    assertThat(campaign.path("done").asInt()).isEqualTo(5);
    assertThat(campaign.path("outcome").asText()).isEqualTo("completed");
    JsonNode ended = campaign.path("runs").path(middle - 1);
    assertThat(ended.path("verdict").asText()).as(again.said()).isEqualTo("INCONCLUSIVE");
    assertThat(ended.path("outcome").asText()).isEqualTo("stopped");
    assertThat(ended.path("findings").toString()).contains("stopped");
    assertEachOnce("five", 5);

    // Asked for once more, it tells what came of it and makes no run.
    DrilledHome.Started after = begin("five", 5);
    assertThat(end(after)).as(after.said()).isEqualTo(code);
    assertThat(json(after)).isEqualTo(campaign);
    assertEachOnce("five", 5);
  }

  @Test
  void aWorkerGoesOnWithACampaignThatWasLeftBehindAndOtherRunsAreNotTakenForIt() throws Exception {
    killInRun(2, "three", begin("three", 3));

    DrilledHome.Started other = begin("three", 4);
    assertThat(end(other)).as(other.said()).isEqualTo(64);
    assertThat(other.said()).contains("with other runs (3 runs of postgres-failover)");
    DrilledHome.Started worker = drilled.start("worker", "--temporal", server.address());
    boolean done = Poll.until(PATIENCE, LOOK, () -> !closed("three").isEmpty());
    worker.signal(Signal.TERM);
    worker.end();

    assertThat(done).as(worker.said()).isTrue();
    assertEachOnce("three", 3);
  }

  @Test
  void healEndsACampaignThatWasLeftBehind() throws Exception {
    int middle = killInRun(1, "two", begin("two", 2));

    DrilledHome.Started heal = drilled.start("heal");

    assertThat(heal.end()).as(heal.said()).isZero();
    assertThat(heal.said()).contains("campaign two is open at " + server.address());
    assertThat(closed("two")).containsExactly("stopped");
    assertEachOnce("two", middle);
  }

  private DrilledHome.Started begin(String name, int runs) throws IOException {
    String count = Integer.toString(runs);
    return drilled.start(
        "run",
        "postgres-failover",
        "--runs",
        count,
        "--campaign",
        name,
        "--json",
        "--temporal",
        server.address());
  }

  /**
   * Kills the program while a fault of its n-th run is in force, or of a later one if that did not
   * come to a fault.
   *
   * @return the number of the run that was in the middle
   */
  private int killInRun(int number, String campaign, DrilledHome.Started program) throws Exception {
    boolean reached =
        Poll.until(
            PATIENCE,
            LOOK,
            () -> program.said().contains("to stop it") && over(campaign).size() >= number - 1);
    assertThat(reached).as(program.said()).isTrue();
    assertThat(Poll.until(PATIENCE, Duration.ofMillis(5), this::held)).as(program.said()).isTrue();
    program.signal(Signal.KILL);
    program.end();
    return over(campaign).size() + 1;
  }

  private boolean held() throws IOException {
    if (drilled.injections().isEmpty()) {
      return false;
    }
    UUID newest = drilled.newestInjection();
    return Files.exists(drilled.file(newest, "injected.json"))
        && !Files.exists(drilled.file(newest, "healed.json"));
  }

  private static int end(DrilledHome.Started program) throws Exception {
    assertThat(program.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as(program.said())
        .isTrue();
    return program.process().exitValue();
  }

  private static JsonNode json(DrilledHome.Started program) throws IOException {
    String said = program.said();
    return Wire.json().readTree(said.substring(said.indexOf("\n{") + 1));
  }

  private List<String> over(String campaign) throws IOException {
    return column(
        "SELECT workflow_id FROM ledger.run WHERE ended_at IS NOT NULL AND campaign = '"
            + campaign
            + "'");
  }

  /** How the books of a campaign were closed; empty while they are open. */
  private List<String> closed(String campaign) throws IOException {
    return column(
        "SELECT outcome FROM ledger.campaign WHERE ended_at IS NOT NULL AND workflow_id = '"
            + campaign
            + "'");
  }

  private List<String> column(String sql) throws IOException {
    try {
      return drilled.ledger().column(sql);
    } catch (SQLException wrong) {
      throw new IOException(wrong);
    }
  }

  /** As Temporal has it, and as the ledger has it. */
  private void assertEachOnce(String campaign, int runs) throws Exception {
    try (Orchestrator orchestrator = Orchestrator.at(server.address())) {
      List<String> begun =
          orchestrator.client().fetchHistory(campaign).getEvents().stream()
              .filter(
                  event ->
                      event.getEventType() == EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED)
              .map(
                  event ->
                      event
                          .getChildWorkflowExecutionStartedEventAttributes()
                          .getWorkflowExecution()
                          .getWorkflowId())
              .toList();
      List<String> wanted =
          IntStream.rangeClosed(1, runs)
              .mapToObj(number -> campaign + "-" + number + "-postgres-failover")
              .toList();
      assertThat(begun).isEqualTo(wanted);
      assertThat(over(campaign)).containsExactlyInAnyOrderElementsOf(wanted);
    }
  }
}
