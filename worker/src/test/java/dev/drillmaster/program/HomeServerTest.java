package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.home.Home;
import dev.drillmaster.orchestrator.HomeServer;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.process.Signal;
import dev.drillmaster.tier.Tier;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real dev server of a home, as a program finds, starts and ends it. */
@Tag("server")
class HomeServerTest {

  private final Home home;
  private final Map<String, String> environment;
  private final List<String> said = new ArrayList<>();

  HomeServerTest(@TempDir Path directory) {
    this.home = new Home(directory);
    this.environment =
        Map.of(
            "PATH", String.valueOf(Tier.needTemporal().getParent()),
            "TEMPORAL_CONFIG_FILE", directory.resolve("no-profiles.toml").toString());
  }

  @AfterEach
  void down() throws Exception {
    HomeServer.of(home).stop();
  }

  private Orchestrator open(String option) throws Exception {
    return Temporals.open(option, home, environment, said::add);
  }

  private ProcessTree processes() {
    return new ProcessTree(home.temporal().resolve("work"));
  }

  private ProcessId process() {
    List<ProcessId> members = processes().members();
    assertThat(members).hasSize(1);
    return members.get(0);
  }

  @Test
  void itIsFoundByAutoAndKeepsRunsAndPlacesOverARestart() throws Exception {
    String address;
    String ui;
    try (Orchestrator first = open("auto")) {
      address = first.address();
      ui = first.ui().orElseThrow();
      assertThat(first.name()).isEqualTo(Orchestrator.HOME);
      first
          .client()
          .newUntypedWorkflowStub(
              "drill",
              WorkflowOptions.newBuilder().setTaskQueue("nobody").setWorkflowId("before").build())
          .start();
      assertThat(status(ui)).isEqualTo(200);
    }
    assertThat(processes().members()).isEmpty();

    try (Orchestrator second = open("dev")) {
      assertThat(second.client().newUntypedWorkflowStub("before").describe().getWorkflowType())
          .isEqualTo("drill");
      assertThat(second.address()).isEqualTo(address).startsWith("127.0.0.1:");
      assertThat(second.ui()).contains(ui);
    }
    assertThat(said).isEmpty();
  }

  private static int status(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void itIsFasterAndKeepsRunsLongerThanAsShipped() throws Exception {
    try (Orchestrator server = open("auto")) {
      assertThat(retention(server)).isEqualTo(Duration.ofDays(30));
      assertThat(Files.readString(Path.of("/proc", Long.toString(process().pid()), "cmdline")))
          .contains("history.transferProcessorMaxPollRPS=2000")
          .contains("history.timerProcessorMaxPollRPS=2000")
          .contains("history.visibilityProcessorMaxPollRPS=2000")
          .contains("journal_mode=WAL")
          .contains("synchronous=NORMAL");
      assertThat(home.temporal().resolve("temporal.db-wal")).exists();
    }
  }

  private static Duration retention(Orchestrator server) {
    return Duration.ofSeconds(
        server
            .client()
            .getWorkflowServiceStubs()
            .blockingStub()
            .describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace("default").build())
            .getConfig()
            .getWorkflowExecutionRetentionTtl()
            .getSeconds());
  }

  @Test
  @Tag("full")
  void oneThatAKilledProgramLeftBehindIsUsedAgainUnlessItIsFrozen() throws Exception {
    // Never closed: as if its program had been killed.
    Orchestrator dead = open("auto");
    ProcessId left = process();
    Orchestrator alive = open("auto");
    assertThat(process()).isEqualTo(left);
    assertThat(alive.address()).isEqualTo(dead.address());

    Signal.STOP.send(List.of(left));
    try (Orchestrator again = open("auto")) {
      assertThat(process()).isNotEqualTo(left);
      assertThat(left.isRunning()).isFalse();
      assertThat(again.address()).isEqualTo(dead.address());
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsNamedWithWhatToDo() throws Exception {
    Files.createDirectories(home.temporal());
    Files.writeString(home.temporal().resolve("temporal.db"), "this is no database");

    assertThatThrownBy(() -> open("auto"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("file is not a database")
        .hasMessageContaining("move the directory " + home.temporal() + " away");
    assertThat(processes().members()).isEmpty();
  }
}
