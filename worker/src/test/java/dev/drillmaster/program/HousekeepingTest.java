package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.Heartbeat;
import dev.drillmaster.journal.Fence;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a user does with a home when no run is going on, or none that answers. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HousekeepingTest {

  private final DrilledHome drilled;

  HousekeepingTest(@TempDir Path directory) throws IOException {
    drilled = new DrilledHome(directory);
  }

  @AfterAll
  void down() throws Exception {
    drilled.close();
  }

  private String said(int exitCode, String... words) throws Exception {
    DrilledHome.Started command = drilled.start(words);
    assertThat(command.end()).as(command.said()).isEqualTo(exitCode);
    return command.said();
  }

  @Test
  @Tag("full")
  void aHomeIsOpenedLookedAtAndClosed() throws Exception {
    assertThat(said(0, "lab", "up")).contains("The lab is up.");
    assertThat(said(0, "lab", "status")).contains("proxy");
    assertThat(said(0, "status")).contains("no run is going on").contains("db1");
    assertThat(said(0, "heal")).contains("nothing is open");
    assertThat(said(0, "status")).contains("RECENT RUN");

    assertThat(said(0, "down")).contains("everything is stopped");
    assertThat(said(69, "lab", "status")).contains("down");
    assertThat(said(0, "down")).contains("everything is stopped");
    assertThat(said(0, "status")).doesNotContain("RECENT RUN");
  }

  @Test
  void aFaultThatNobodyLooksAfterIsSeenAndKeepsTheLabFromBeingStopped() throws Exception {
    said(0, "lab", "up");
    InjectionSpec spec = freeze(drilled.pair().primary().orElseThrow());
    Heartbeat alive = () -> {};
    LabHost.of(drilled.home()).injections().inject(spec, alive);

    assertThat(said(0, "status"))
        .contains("open injection " + spec.id() + ": freeze every process of " + spec.target())
        .contains("nobody looks after them: run \"drillmaster heal\"");
    assertThat(said(4, "down")).contains("a fault is not healed: run \"drillmaster heal\"");
    assertThat(said(0, "heal")).contains("healed: ").contains("nothing is open");

    assertThat(drilled.journal().open()).isEmpty();
    assertThat(said(0, "status")).doesNotContain("open injection");
    assertThat(drilled.pair().server(spec.target()).observe().frozen()).isFalse();
  }

  private static InjectionSpec freeze(String node) {
    return new InjectionSpec(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "1",
        new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE),
        node,
        LabHost.NAME,
        Duration.ofSeconds(50),
        Duration.ofSeconds(55));
  }

  @Test
  @Tag("full")
  void aProgramThatIsFrozenKeepsNothingFromBeingHealed() throws Exception {
    DrilledHome.Started program = drilled.held("postgres-failover-frozen");
    program.signal(Signal.STOP);

    DrilledHome.Started heal = drilled.start("heal");
    // A program that froze with a lock of the journal is ended by whoever needs that lock; another
    // one keeps the home, and a person is told so.
    assertThat(heal.end()).as(heal.said()).isIn(0, 70);
    assertThat(heal.said()).contains("it does not answer").contains("healed: ");
    assertThat(drilled.journal().open()).isEmpty();
    if (heal.end() == 70) {
      assertThat(heal.said())
          .contains("process " + program.process().pid() + " does not let go of this home");
      program.signal(Signal.KILL);
      assertThat(said(0, "heal")).contains("INCONCLUSIVE, stopped");
    }
    assertThat(program.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(drilled.ledger().unaudited()).isEmpty();
  }

  @Test
  @Tag("full")
  void aRollbackThatCannotBeDoneIsHandedOverUntilItCan() throws Exception {
    DrilledHome.Started program = drilled.held("postgres-failover");
    String old = drilled.journal().intent(drilled.newestInjection()).orElseThrow().target();
    assertThat(
            DrilledHome.await(
                () -> drilled.journal().fenceOf(old).map(Fence::successor).isPresent()))
        .isTrue();
    program.signal(Signal.KILL);
    program.end();
    Path fence = drilled.home().journal().resolve("fences").resolve(old + ".json");
    String right = Files.readString(fence);
    Files.writeString(fence, "");

    assertThat(said(70, "heal")).contains("nobody knows whether").contains("handed-over");
    assertThat(said(70, "heal")).contains("could not be rolled back: trying again");
    assertThat(said(0, "status")).contains("handed-over");
    Files.writeString(fence, right);

    assertThat(said(0, "heal")).contains("nothing is open");
    String primary = drilled.pair().primary().orElseThrow();
    assertThat(drilled.pair().streams(drilled.pair().system().other(primary))).isTrue();
    assertThat(drilled.ledger().unaudited()).isEmpty();
  }
}
