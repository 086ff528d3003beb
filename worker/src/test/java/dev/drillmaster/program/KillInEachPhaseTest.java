package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.journal.Fence;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.system.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program with its worker and its Temporal server is killed in each phase of a failover: what
 * its death leaves behind is bounded, and one command puts all of it right.
 */
@Tag("lab")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillInEachPhaseTest {

  private static final Duration LOOK = Duration.ofMillis(5);

  /** A phase may be over before the signal arrives; then it is tried again. */
  private static final int ATTEMPTS = 4;

  private final DrilledHome drilled;

  KillInEachPhaseTest(@TempDir Path directory) throws IOException {
    drilled = new DrilledHome(directory);
  }

  @AfterAll
  void down() throws Exception {
    drilled.close();
  }

  /** When to kill, and how to see afterwards that it was then. */
  enum Phase {
    BETWEEN_INTEND_AND_INJECT {
      @Override
      boolean reached(DrilledHome home, UUID injection, String victim) {
        return Files.exists(home.file(injection, "intent.json"));
      }

      @Override
      boolean passed(DrilledHome home, UUID injection, String victim) {
        return Files.exists(home.file(injection, "begun"));
      }
    },
    BETWEEN_INJECT_AND_ITS_RESULT {
      @Override
      boolean reached(DrilledHome home, UUID injection, String victim) {
        return Files.exists(home.file(injection, "begun"));
      }

      @Override
      boolean passed(DrilledHome home, UUID injection, String victim) {
        return Files.exists(home.file(injection, "injected.json"));
      }
    },
    WHILE_HELD {
      @Override
      boolean reached(DrilledHome home, UUID injection, String victim) {
        return Files.exists(home.file(injection, "injected.json"));
      }

      @Override
      boolean passed(DrilledHome home, UUID injection, String victim) {
        return home.journal().fenceOf(victim).isPresent();
      }
    },
    WHILE_PROMOTING {
      @Override
      boolean reached(DrilledHome home, UUID injection, String victim) {
        return home.journal().fenceOf(victim).map(Fence::successor).isPresent();
      }

      @Override
      boolean passed(DrilledHome home, UUID injection, String victim) throws IOException {
        return marked(home, "redirected");
      }
    },
    BETWEEN_PROMOTE_AND_REDIRECT {
      @Override
      boolean reached(DrilledHome home, UUID injection, String victim) throws IOException {
        return marked(home, "promoted");
      }

      @Override
      boolean passed(DrilledHome home, UUID injection, String victim) throws IOException {
        return marked(home, "redirected");
      }
    },
    BETWEEN_HEAL_AND_CLOSE {
      @Override
      boolean reached(DrilledHome home, UUID injection, String victim) {
        return Files.exists(home.file(injection, "healed.json"));
      }

      @Override
      boolean passed(DrilledHome home, UUID injection, String victim) throws Exception {
        return !home.ledger()
            .column(
                "SELECT 1 FROM ledger.injection WHERE state = 'healed' AND injection_id = '"
                    + injection
                    + "'")
            .isEmpty();
      }
    },
    WHILE_REJOINING {
      @Override
      boolean reached(DrilledHome home, UUID injection, String victim) throws IOException {
        return Files.exists(
            home.pair().server(victim).home().resolve("data.copying").resolve("base"));
      }

      @Override
      boolean passed(DrilledHome home, UUID injection, String victim) throws IOException {
        return marked(home, "redundancy-restored");
      }
    },
    WHILE_FAILING_BACK {
      @Override
      boolean reached(DrilledHome home, UUID injection, String victim) throws IOException {
        return marked(home, "fail-back-begun");
      }

      @Override
      boolean passed(DrilledHome home, UUID injection, String victim) throws IOException {
        return marked(home, "fail-back-done");
      }
    };

    abstract boolean reached(DrilledHome home, UUID injection, String victim) throws Exception;

    abstract boolean passed(DrilledHome home, UUID injection, String victim) throws Exception;

    /** The load of the newest run is the only one that still has a journal without an end. */
    private static boolean marked(DrilledHome home, String mark) throws IOException {
      return home.newestLoadJournal().contains("\t" + mark + "\t");
    }
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void whatADeadProgramLeavesBehindIsBoundedAndPutRight(Phase phase) throws Exception {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (killedIn(phase)) {
        return;
      }
    }
    throw new AssertionError("phase " + phase + " was over before the signal came, each time");
  }

  private boolean killedIn(Phase phase) throws Exception {
    int before = drilled.injections().size();
    DrilledHome.Started program = drilled.start("run", "postgres-failover");
    assertThat(DrilledHome.await(() -> drilled.injections().size() > before || ended(program)))
        .isTrue();
    assertThat(ended(program)).as(program.said()).isFalse();
    UUID injection = drilled.newestInjection();
    assertThat(DrilledHome.await(() -> drilled.journal().intent(injection).isPresent())).isTrue();
    // Either node: an earlier kill may have left the pair the other way round.
    String victim = drilled.journal().intent(injection).orElseThrow().target();
    boolean reached =
        DrilledHome.await(
            () -> {
              try {
                return phase.reached(drilled, injection, victim);
              } catch (IOException notYet) {
                return false;
              } catch (Exception wrong) {
                throw new IOException(wrong);
              }
            });
    assertThat(reached).isTrue();
    ProcessId process = ProcessId.of(program.process().pid()).orElseThrow();
    Signal.KILL.send(java.util.List.of(process));
    long killed = System.nanoTime();
    assertThat(DrilledHome.await(() -> !process.isRunning())).isTrue();
    boolean hit = !phase.passed(drilled, injection, victim);
    assertBounded(phase, injection, victim, killed);
    assertPutRight(phase, injection);
    return hit;
  }

  private static boolean ended(DrilledHome.Started program) {
    return !program.process().isAlive();
  }

  /** Before anybody acts: the watchdog has healed in time, or the node is fenced. */
  private void assertBounded(Phase phase, UUID injection, String victim, long killed)
      throws Exception {
    Duration bound = drilled.journal().intent(injection).orElseThrow().bound();
    boolean over =
        Poll.until(
            bound,
            LOOK,
            () ->
                drilled.journal().fenceOf(victim).isPresent()
                    || drilled.journal().closed(injection)
                    || !drilled.journal().begun(injection));
    Duration took = Duration.ofNanos(System.nanoTime() - killed);
    assertThat(over).as("over within the bound").isTrue();
    String how =
        drilled.journal().fenceOf(victim).isPresent()
            ? "fenced"
            : drilled.journal().begun(injection)
                ? drilled.journal().healed(injection).orElseThrow().by()
                : "never begun";
    String phaseText = phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    MeasuredEnd.within(bound.plus(LOOK), "kill " + phaseText, how, took);
  }

  private void assertPutRight(Phase phase, UUID injection) throws Exception {
    DrilledHome.Started heal = drilled.start("heal");
    assertThat(heal.end()).as(heal.said()).isZero();

    Pair pair = drilled.pair();
    String primary = pair.primary().orElseThrow();
    assertThat(pair.streams(pair.system().other(primary))).as("the standby streams").isTrue();
    assertThat(pair.server(primary).observe().frozen()).isFalse();
    assertThat(pair.proxy().route("database").upstream()).isEqualTo(pair.upstream(primary));
    assertThat(drilled.journal().open()).isEmpty();
    assertThat(drilled.journal().closed(injection)).isTrue();
    LedgerView ledger = drilled.ledger();
    assertThat(
            ledger.column(
                "SELECT state FROM ledger.injection WHERE state NOT IN ('healed', 'never-injected')"))
        .as("injections that are not closed after %s", phase)
        .isEmpty();
    assertThat(ledger.column("SELECT workflow_id FROM ledger.run WHERE ended_at IS NULL"))
        .as("runs that are not closed")
        .isEmpty();
    assertThat(
            ledger.column(
                "SELECT kind FROM ledger.compensation WHERE state NOT IN ('done', 'not-needed')"))
        .isEmpty();
    assertThat(ledger.unaudited()).isEmpty();
  }
}
