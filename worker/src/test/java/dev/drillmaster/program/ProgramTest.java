package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.process.Signal;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real program, as a user starts it, in one home. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramTest {

  private final Path directory;
  private final DrilledHome drilled;

  ProgramTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.drilled = new DrilledHome(directory);
  }

  @AfterAll
  void down() throws Exception {
    drilled.close();
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    if (drilled.injections().isEmpty()) {
      return;
    }
    assertThat(drilled.journal().open()).isEmpty();
    String primary = drilled.pair().primary().orElseThrow();
    assertThat(drilled.pair().streams(drilled.pair().system().other(primary))).isTrue();
    assertThat(drilled.ledger().unaudited()).isEmpty();
    assertThat(drilled.ledger().column("SELECT 1 FROM ledger.run WHERE ended_at IS NULL"))
        .isEmpty();
  }

  @Test
  void aDrillPassesAndPrintsOneObject() throws Exception {
    DrilledHome.Started program = drilled.start("run", "postgres-failover", "--json");

    assertThat(program.end()).as(program.said()).isZero();
    String said = program.said();
    JsonNode result = Wire.json().readTree(said.substring(said.indexOf("\n{") + 1));
    assertThat(result.path("verdict").asText()).isEqualTo("PASSED");
    assertThat(result.path("outcome").asText()).isEqualTo("completed");
    assertThat(result.path("rto").path("objectiveMillis").asLong()).isEqualTo(5000);
    assertThat(result.path("measurement").path("milestones").fieldNames())
        .toIterable()
        .contains("detected", "fenced", "promoted", "redirected", "validated");
    assertThat(result.path("measurement").path("failBackGapMillis").asLong()).isPositive();
  }

  @Test
  @Tag("full")
  void aFrozenPrimaryIsNoticedAndFailedOver() throws Exception {
    DrilledHome.Started program = drilled.start("run", "postgres-failover-frozen");

    assertThat(program.end()).as(program.said()).isZero();
    assertThat(program.said()).contains("PASSED, completed").contains("redundancy-restored");
  }

  @Test
  @Tag("full")
  void aRunIsSeenAndStoppedFromASecondTerminal() throws Exception {
    DrilledHome.Started program = drilled.held("postgres-failover-frozen");

    DrilledHome.Started status = drilled.start("status");
    DrilledHome.Started second = drilled.start("run", "postgres-failover");
    assertThat(second.end()).isEqualTo(4);
    assertThat(second.said()).contains("refused").contains("drillmaster stop");
    DrilledHome.Started stop = drilled.start("stop");
    assertThat(status.end()).isZero();
    assertThat(status.said())
        .contains("looked after by process")
        .doesNotContain("drillmaster lab up");
    assertThat(stop.end()).as(stop.said()).isZero();
    assertThat(stop.said()).contains("is over");
    // On a busy machine the run may be over before it is stopped.
    assertThat(program.end()).as(program.said()).isIn(0, 3);
  }

  @Test
  @Tag("full")
  void controlCStopsTheRun() throws Exception {
    DrilledHome.Started program = drilled.held("postgres-failover-frozen");

    program.signal(ignoresInterrupts(program) ? Signal.TERM : Signal.INT);

    assertThat(program.end()).as(program.said()).isEqualTo(3);
    assertThat(program.said()).contains("INCONCLUSIVE, stopped");
  }

  /** A shell starts what runs in its background so, and children inherit it. */
  private static boolean ignoresInterrupts(DrilledHome.Started program) throws IOException {
    Path status = Path.of("/proc", Long.toString(program.process().pid()), "status");
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored.substring(7).strip(), 16) & 2) != 0;
  }

  @Test
  @Tag("full")
  void aLedgerThatDiesInTheMiddleIsStartedAgainAndLosesNothing() throws Exception {
    DrilledHome.Started program = drilled.held("postgres-failover");

    Signal.KILL.send(new ProcessTree(drilled.home().ledger().resolve("data")).members());

    assertThat(program.end()).as(program.said()).isIn(0, 2, 3);
  }

  @Test
  void whatIsWrongIsSaidInOneLine() throws Exception {
    DrilledHome.Started unknown = drilled.start("run", "no-such-plan");
    assertThat(unknown.end()).isEqualTo(64);
    assertThat(unknown.said()).contains("there is no plan \"no-such-plan\"").contains("postgres-");
    DrilledHome.Started idle = drilled.start("stop");
    assertThat(idle.end()).isEqualTo(64);
    assertThat(idle.said()).contains("no run is going on");
    DrilledHome.Started away =
        drilled.start("run", "postgres-failover", "--temporal", "127.0.0.1:1");
    assertThat(away.end()).isEqualTo(70);
    assertThat(away.said()).contains("no Temporal server answers at 127.0.0.1:1");
  }

  @Test
  void aDryRunDoesNothing() throws Exception {
    DrilledHome other = new DrilledHome(Files.createDirectory(directory.resolve("other")));

    DrilledHome.Started dry = other.start("run", "postgres-failover", "--dry-run");

    assertThat(dry.end()).isZero();
    assertThat(dry.said())
        .contains("kill every process of the primary")
        .contains("at most 26s")
        .contains("system  not there yet")
        .contains("faults  not prepared");
    assertThat(other.home().lab()).doesNotExist();
    assertThat(other.home().ledger()).doesNotExist();
    assertThat(other.home().journal()).doesNotExist();
  }
}
