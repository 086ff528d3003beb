package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a fault lives after a client sends an emergency stop. {@code -Ddrillmaster.rounds=20}
 * for the whole measurement; every fourth round meets a ledger that does not answer.
 */
@Tag("lab")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmergencyStopTest {

  private static final int ROUNDS = Integer.getInteger("drillmaster.rounds", 4);
  private static final int SLOW_EVERY = 4;
  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final int STOPPED = 3;

  private final DrilledHome drilled;

  EmergencyStopTest(@TempDir Path directory) throws IOException {
    drilled = new DrilledHome(directory);
  }

  @AfterAll
  void down() throws Exception {
    drilled.close();
  }

  @Test
  void aFrozenPrimaryIsSeenToBeHealedAtOnce() throws Exception {
    List<Long> millis = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      Held held = hold("postgres-failover-frozen", round % SLOW_EVERY == 0);
      List<ProcessId> frozen = drilled.pair().server(held.victim()).members();
      assertThat(frozen).isNotEmpty().allMatch(ProcessId::isFrozen);
      long sent = held.stop();
      boolean moving =
          DrilledHome.await(
              () ->
                  frozen.stream().noneMatch(ProcessId::isFrozen)
                      && Files.exists(drilled.file(held.injection(), "healed.json")));
      millis.add(since(sent));
      assertThat(moving).isTrue();
      held.end();
    }
    report("frozen: stop sent to observed healed", millis);
    assertThat(millis).allMatch(each -> each <= LIMIT.toMillis());
  }

  @Test
  void theRestartOfAKilledPrimaryBeginsAtOnceAndEndsWithinTheBound() throws Exception {
    List<Long> begun = new ArrayList<>();
    List<Long> healed = new ArrayList<>();
    for (int round = 1; round <= Math.max(1, ROUNDS / 4); round++) {
      Held held = hold("postgres-failover", false);
      assertThat(drilled.pair().server(held.victim()).isRunning()).isFalse();
      long sent = held.stop();
      assertThat(DrilledHome.await(() -> drilled.pair().server(held.victim()).isRunning()))
          .isTrue();
      begun.add(since(sent));
      assertThat(
              DrilledHome.await(() -> Files.exists(drilled.file(held.injection(), "healed.json"))))
          .isTrue();
      healed.add(since(sent));
      held.end();
      Duration bound = drilled.journal().intent(held.injection()).orElseThrow().bound();
      assertThat(healed).allMatch(each -> each <= bound.toMillis());
    }
    report("killed: stop sent to restart begun", begun);
    report("killed: stop sent to observed healed", healed);
    assertThat(begun).allMatch(each -> each <= LIMIT.toMillis());
  }

  private static long since(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private static void report(String what, List<Long> millis) {
    System.out.printf(
        Locale.ROOT,
        "%s: worst %d ms of %d: %s%n",
        what,
        millis.stream().mapToLong(Long::longValue).max().orElseThrow(),
        millis.size(),
        millis);
  }

  /** A run whose fault is in force, and a client that is connected. */
  private record Held(
      DrilledHome.Started program,
      UUID injection,
      String victim,
      Orchestrator client,
      RunHandle run,
      AutoCloseable slowness) {

    /** Returns the instant of sending. */
    long stop() {
      long sent = System.nanoTime();
      run.emergencyStop();
      return sent;
    }

    void end() throws Exception {
      slowness.close();
      client.close();
      assertThat(program.end()).as(program.said()).isEqualTo(STOPPED);
    }
  }

  private Held hold(String plan, boolean slowLedger) throws Exception {
    int before = drilled.injections().size();
    DrilledHome.Started program = drilled.start("run", plan);
    assertThat(DrilledHome.await(() -> drilled.injections().size() > before))
        .as(program.said())
        .isTrue();
    UUID injection = drilled.newestInjection();
    AutoCloseable slowness = slowLedger ? lockedLedger() : () -> {};
    RunningProgram running = RunningProgram.find(drilled.home()).orElseThrow();
    Orchestrator client = Orchestrator.at(running.address());
    RunHandle run = RunHandle.of(client.client(), running.run());
    // The first call of a client sets up its connection.
    run.status();
    assertThat(DrilledHome.await(() -> Files.exists(drilled.file(injection, "injected.json"))))
        .as(program.said())
        .isTrue();
    if (slowLedger) {
      // The write after the injection is under way and cannot end.
      assertThat(DrilledHome.await(() -> run.status().waiting() != null)).isTrue();
    }
    String victim = drilled.journal().intent(injection).orElseThrow().target();
    return new Held(program, injection, victim, client, run, slowness);
  }

  /** Keeps every writer of the ledger waiting until it is closed. */
  private AutoCloseable lockedLedger() throws IOException, SQLException {
    Connection connection = drilled.ledger().connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE ledger.injection IN ACCESS EXCLUSIVE MODE");
    }
    return () -> {
      connection.rollback();
      connection.close();
    };
  }
}
