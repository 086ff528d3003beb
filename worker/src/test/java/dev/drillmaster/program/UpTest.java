package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.orchestrator.HomeServer;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.process.Signal;
import dev.drillmaster.tier.Tier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A home that one program keeps up, and others that run drills in it. */
@Tag("server")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpTest {

  private final DrilledHome drilled;
  private final List<DrilledHome.Started> ups = new ArrayList<>();

  UpTest(@TempDir Path directory) throws IOException {
    drilled = new DrilledHome(directory);
  }

  @BeforeAll
  static void temporal() {
    Tier.needTemporal();
  }

  @AfterEach
  void noneKeepsTheHomeFromTheNext() throws Exception {
    for (DrilledHome.Started up : ups) {
      up.process().destroyForcibly().waitFor();
    }
  }

  @AfterAll
  void down() throws Exception {
    drilled.close();
  }

  private DrilledHome.Started up(String temporal) throws Exception {
    DrilledHome.Started up = drilled.start("up", "--temporal", temporal);
    ups.add(up);
    assertThat(DrilledHome.await(() -> up.said().contains("second terminal")))
        .as(up.said())
        .isTrue();
    return up;
  }

  private String said(int exitCode, String... words) throws Exception {
    DrilledHome.Started command = drilled.start(words);
    assertThat(command.end()).as(command.said()).isEqualTo(exitCode);
    return command.said();
  }

  private void assertNothingIsOpen() throws Exception {
    assertThat(drilled.journal().open()).isEmpty();
    assertThat(drilled.ledger().unaudited()).isEmpty();
    assertThat(drilled.ledger().column("SELECT 1 FROM ledger.run WHERE ended_at IS NULL"))
        .isEmpty();
  }

  @Test
  void runsAreStartedSeenAndStoppedFromSecondTerminalsAndDownEndsItAll() throws Exception {
    DrilledHome.Started up = up("dev");
    assertThat(up.said()).contains("UI        http://127.0.0.1:");

    assertThat(said(0, "run", "postgres-failover")).contains("PASSED, completed");
    assertThat(said(4, "run", "postgres-failover", "--temporal", "127.0.0.1:1"))
        .contains("works for Temporal at")
        .contains("leave out --temporal");
    DrilledHome.Started held = drilled.held("postgres-failover-frozen");
    UUID fault = drilled.newestInjection();
    assertThat(ProgramPort.ask(drilled.home(), fault)).isPresent();
    assertThat(said(4, "down")).contains("going on: postgres-failover-frozen-");
    assertThat(said(0, "stop", "--all", "--reason", "users complain"))
        .contains("by process ")
        .contains("recorded: no run begins until")
        .contains("run postgres-failover-frozen-")
        .contains("is over");
    // On a busy machine the run may be over before it is stopped.
    assertThat(held.end()).as(held.said()).isIn(0, 3);
    assertThat(ProgramPort.ask(drilled.home(), fault)).isEmpty();
    assertThat(said(0, "status"))
        .contains("its UI is http://127.0.0.1:")
        .contains("no run is going on");
    assertThat(said(0, "heal")).contains("nothing is open").contains("goes on");
    assertNothingIsOpen();

    assertThat(said(0, "resume", "--reason", "they are content"))
        .contains("runs may begin again; everything was stopped");
    assertThat(said(0, "down")).contains("everything is stopped");
    up.end();
    assertThat(HomeServer.of(drilled.home()).isRunning()).isFalse();
  }

  @Test
  void controlCOfTheRunStopsItAndThatOfUpStopsWhatGoesOn() throws Exception {
    DrilledHome.Started up = up("dev");
    DrilledHome.Started first = drilled.held("postgres-failover-frozen");
    first.signal(Signal.TERM);
    assertThat(first.end()).as(first.said()).isEqualTo(3);

    DrilledHome.Started second = drilled.held("postgres-failover-frozen");
    up.signal(Signal.TERM);
    up.end();
    assertThat(up.said()).contains("stopping run postgres-failover-frozen-");
    assertThat(second.end()).as(second.said()).isEqualTo(3);
    assertThat(HomeServer.of(drilled.home()).isRunning()).isFalse();
    assertNothingIsOpen();
  }

  @Test
  void whatWasLeftBehindIsEndedOnTheHomesServerAlsoAtAnotherPort() throws Exception {
    DrilledHome.Started up = up("dev");
    String address = RunningProgram.find(drilled.home()).orElseThrow().address();
    DrilledHome.Started client = drilled.held("postgres-failover-frozen");
    up.signal(Signal.KILL);
    assertThat(client.end()).as(client.said()).isEqualTo(70);
    assertThat(client.said()).contains("has ended: run \"drillmaster heal\"");
    Signal.KILL.send(new ProcessTree(drilled.home().temporal().resolve("work")).members());

    try (ServerSocket taken = take(Integer.parseInt(address.split(":", -1)[1]))) {
      assertThat(said(0, "heal"))
          .contains("is open at home")
          .as(() -> String.valueOf(findings()))
          .contains("INCONCLUSIVE, stopped");
      assertThat(taken.isBound()).isTrue();
    }
    assertThat(HomeServer.of(drilled.home()).isRunning()).isFalse();
    assertNothingIsOpen();
  }

  @Test
  void aServerThatDiesIsStartedAgainAndItsRunsGoOn() throws Exception {
    DrilledHome.Started up = up("dev");
    String address = RunningProgram.find(drilled.home()).orElseThrow().address();
    DrilledHome.Started held = drilled.held("postgres-failover-frozen");

    Signal.KILL.send(new ProcessTree(drilled.home().temporal().resolve("work")).members());

    // Whether the holder heard of it in time decides what the run proves, not that it ends.
    assertThat(held.end()).as(held.said()).isIn(0, 1, 2, 3);
    assertThat(held.said()).contains("closed: ");
    assertThat(RunningProgram.find(drilled.home()).orElseThrow().address()).isEqualTo(address);
    assertNothingIsOpen();
    assertThat(said(0, "down")).contains("everything is stopped");
    up.end();
  }

  private List<String> findings() {
    try {
      return drilled.ledger().column("SELECT code || ': ' || summary FROM ledger.finding");
    } catch (IOException | SQLException silent) {
      return List.of(silent.toString());
    }
  }

  private static ServerSocket take(int port) throws IOException, InterruptedException {
    List<ServerSocket> taken = new ArrayList<>();
    DrilledHome.await(
        () -> {
          try {
            taken.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
          } catch (IOException notYet) {
            return false;
          }
          return true;
        });
    return taken.get(0);
  }

  @Test
  void withoutARealServerTheLedgerKnowsWhatGoesOn() throws Exception {
    DrilledHome.Started up = up("embedded");
    assertThat(up.said()).contains("UI        none");
    DrilledHome.Started held = drilled.held("postgres-failover-frozen");
    assertThat(said(0, "stop")).contains("run postgres-failover-frozen-").contains("is over");
    assertThat(held.end()).as(held.said()).isIn(0, 3);
    assertThat(said(0, "down")).contains("everything is stopped");
    assertThat(Files.exists(drilled.home().program())).isFalse();
    up.end();
  }
}
