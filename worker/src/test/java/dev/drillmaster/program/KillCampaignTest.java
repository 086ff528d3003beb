package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.process.Poll;
import dev.drillmaster.system.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worker, agents, Temporal server and database are killed at random moments while runs hold faults.
 * After each kill every fault is over within its bound; in the end nothing is left open, undone
 * twice, or without an audit row. 200 kills with {@code -Pcampaign}, or {@code
 * -Ddrillmaster.kills}; the same victims and pauses again with {@code -Ddrillmaster.seed} of the
 * printed seed.
 */
@Tag("server")
@Tag("full")
class KillCampaignTest {

  private static final int KILLS = Integer.getInteger("drillmaster.kills", 10);
  private static final long SEED = Long.getLong("drillmaster.seed", new Random().nextLong());

  /** A kill comes within this time after the last victim is back, or after a fault began. */
  private static final int SOON_MILLIS = 3000;

  private static final Duration UNTIL_A_FAULT = Duration.ofSeconds(90);
  private static final Duration UNTIL_SETTLED = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration SLOW_LOOK = Duration.ofSeconds(1);

  private final Random random = new Random(SEED);
  private final KillTally tally = new KillTally();

  @Test
  void whateverDiesEveryFaultIsOverInTimeAndTheBooksAreRight(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
    System.out.printf("kill campaign: %d kills with seed %d%n", KILLS, SEED);
    Installation all = new Installation(directory);
    try (Orchestrator orchestrator = Orchestrator.at(all.server.address());
        FaultWatch watch = new FaultWatch(all.sites());
        RunLoad load = new RunLoad(orchestrator, SEED)) {
      kill(all, watch);
      load.finish();
      assertSettled(all, watch);
      tally.print();
      tell(all, watch, load);
    } finally {
      all.close();
    }
  }

  private void kill(Installation all, FaultWatch watch) throws Exception {
    List<Death> next = new ArrayList<>();
    for (int number = 1; number <= KILLS; number++) {
      if (next.isEmpty()) {
        next.addAll(Death.ofEach(all, random));
        Collections.shuffle(next, random);
      }
      String kill = number + " of " + KILLS;
      Death death = next.remove(0);
      try {
        kill(kill, death, watch);
      } catch (IOException | RuntimeException | AssertionError wrong) {
        fail("kill %s, %s, seed %d: %s".formatted(kill, death.victim(), SEED, wrong), wrong);
      }
    }
  }

  private void kill(String kill, Death death, FaultWatch watch)
      throws IOException, InterruptedException {
    Duration moment = awaitMoment(watch);
    List<WatchedFault> inForce = watch.inForce();
    death.strike();
    long struck = System.nanoTime();
    awaitUnheldOver(death, struck, watch);
    Duration dead = death.atLeast();
    Poll.until(dead, LOOK, () -> System.nanoTime() - struck >= dead.toNanos());
    long reviving = System.nanoTime();
    death.revive();
    Duration back = Duration.ofNanos(System.nanoTime() - reviving);
    for (WatchedFault fault : inForce) {
      awaitOver(fault, watch);
    }
    tally.add(kill, death, moment, struck, back, inForce);
  }

  /** Some time after the last victim was back, with a fault under way, whatever its phase. */
  private Duration awaitMoment(FaultWatch watch) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    do {
      if (!Poll.until(UNTIL_A_FAULT, LOOK, watch::anyUnderWay)) {
        throw new IOException("no run injects anything any more");
      }
      long pause = random.nextInt(SOON_MILLIS) * 1_000_000L;
      long from = System.nanoTime();
      Poll.until(Duration.ofNanos(pause), LOOK, () -> System.nanoTime() - from >= pause);
      assertThat(watch.violations()).isEmpty();
    } while (!watch.anyUnderWay());
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /**
   * While the victim is dead: what nobody holds any more is over by its bound. A fault whose holder
   * and Temporal live may be held on; its own latest end bounds it, which the watch sees to.
   */
  private static void awaitUnheldOver(Death death, long struck, FaultWatch watch)
      throws IOException, InterruptedException {
    boolean anyLeft = true;
    while (anyLeft) {
      watch.awaitLook();
      assertThat(watch.violations()).isEmpty();
      anyLeft = false;
      for (WatchedFault fault : watch.inForce()) {
        OptionalLong latest = death.mustBeOver(fault, struck);
        if (latest.isPresent() && System.nanoTime() > latest.getAsLong()) {
          throw new AssertionError("outlives its bound: " + fault.inFull());
        }
        anyLeft |= latest.isPresent();
      }
    }
  }

  private static void awaitOver(WatchedFault fault, FaultWatch watch)
      throws IOException, InterruptedException {
    long left = fault.latest() - System.nanoTime();
    Duration limit = Duration.ofNanos(Math.max(0, left)).plusSeconds(1);
    boolean over = Poll.until(limit, LOOK, () -> fault.over() || !watch.violations().isEmpty());
    assertThat(watch.violations()).isEmpty();
    assertThat(over).as(() -> "over by its latest end: " + fault).isTrue();
  }

  private static void assertSettled(Installation all, FaultWatch watch) throws Exception {
    List<String> open = new ArrayList<>();
    Poll.until(
        UNTIL_SETTLED,
        SLOW_LOOK,
        () -> {
          open.clear();
          open.addAll(open(all));
          return open.isEmpty();
        });
    assertThat(open).as("left open").isEmpty();
    assertThat(watch.violations()).isEmpty();
    assertThat(books(all).contradictions()).isEmpty();
    assertThat(all.rooms).allMatch(AgentRoom::runs);
    assertThat(all.worker().process().isAlive()).isTrue();
    assertPair(all.drilled.pair());
  }

  private static void assertPair(Pair pair) throws IOException {
    String primary = pair.primary().orElseThrow();
    assertThat(pair.streams(pair.system().other(primary))).as("the standby streams").isTrue();
  }

  private static List<String> open(Installation all) throws IOException {
    try {
      return books(all).open();
    } catch (SQLException silent) {
      throw new IOException(silent);
    }
  }

  private static BooksAgainstJournals books(Installation all) throws IOException {
    return new BooksAgainstJournals(all.drilled.ledger(), all.sites());
  }

  private static void tell(Installation all, FaultWatch watch, RunLoad load) throws Exception {
    LedgerView ledger = all.drilled.ledger();
    System.out.printf(
        Locale.ROOT,
        "runs:            %d, of them %s%n"
            + "injections:      %d; looked at every %d ms at least%n"
            + "violations: %d, left open: %d, rows without audit row: %d, contradictions: %d%n",
        load.started(),
        ledger.column(
            "SELECT count(*) || ' ' || verdict || ' ' || outcome FROM ledger.run"
                + " GROUP BY verdict, outcome ORDER BY count(*) DESC"),
        books(all).begun(),
        watch.longestGap().toMillis(),
        watch.violations().size(),
        books(all).open().size(),
        ledger.unaudited().size(),
        books(all).contradictions().size());
  }
}
