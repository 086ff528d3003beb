package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DetectStep;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.Step;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.fault.ProcessTreeFailure.Mode;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.steadystate.SqlProbe;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a fault lives after a client sends an emergency stop. {@code -Ddrillmaster.rounds=20}
 * for the whole measurement; every fourth round meets a ledger that does not answer.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmergencyStopTest {

  private static final int ROUNDS = Integer.getInteger("drillmaster.rounds", 4);
  private static final int SLOW_EVERY = 4;
  private static final long LIMIT_MILLIS = 500;

  private final DrilledHome drilled;
  private DrillProgram program;
  private Orchestrator client;

  EmergencyStopTest(@TempDir Path directory) throws IOException {
    drilled = new DrilledHome(directory);
  }

  @BeforeAll
  void up() throws Exception {
    program = DrillProgram.open(drilled.home(), "embedded", line -> {});
    client = Orchestrator.at(program.address());
  }

  @AfterAll
  void down() throws Exception {
    client.close();
    program.close();
    drilled.close();
  }

  @Test
  void aFrozenPrimaryIsSeenToBeHealedAtOnce() throws Exception {
    List<Long> millis = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      Held held = hold(Mode.FREEZE, round % SLOW_EVERY == 0);
      List<ProcessId> frozen = drilled.pair().server(held.victim()).members();
      assertThat(frozen).isNotEmpty().allMatch(ProcessId::isFrozen);
      long sent = held.stop();
      boolean moving =
          DrilledHome.await(() -> frozen.stream().noneMatch(ProcessId::isFrozen) && isHealed(held));
      millis.add(since(sent));
      assertThat(moving).isTrue();
      held.slowness().close();
      assertStopped(held);
    }
    report("frozen: stop sent to observed healed", millis);
    assertThat(millis).allMatch(each -> each <= LIMIT_MILLIS);
  }

  @Test
  void theRestartOfAKilledPrimaryBeginsAtOnceAndEndsWithinTheBound() throws Exception {
    List<Long> begun = new ArrayList<>();
    List<Long> healed = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      Held held = hold(Mode.KILL, false);
      assertThat(drilled.pair().server(held.victim()).isRunning()).isFalse();
      long sent = held.stop();
      assertThat(DrilledHome.await(() -> drilled.pair().server(held.victim()).isRunning()))
          .isTrue();
      begun.add(since(sent));
      assertThat(DrilledHome.await(() -> isHealed(held))).isTrue();
      healed.add(since(sent));
      Duration bound = drilled.journal().intent(held.injection()).orElseThrow().bound();
      assertThat(healed).allMatch(each -> each <= bound.toMillis());
      assertStopped(held);
    }
    report("killed: stop sent to restart begun", begun);
    report("killed: stop sent to observed healed", healed);
    assertThat(begun).allMatch(each -> each <= LIMIT_MILLIS);
  }

  private boolean isHealed(Held held) {
    return Files.exists(drilled.file(held.injection(), "healed.json"));
  }

  private static void assertStopped(Held held) {
    DrillReport report = held.run().await(DrilledHome.PATIENCE).orElseThrow();
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(report.injections()).allMatch(DrillReport.InjectionLine::healVerified);
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

  /** A run whose fault is in force, as a client of its own sees it. */
  private record Held(UUID injection, String victim, RunHandle run, AutoCloseable slowness) {

    /** Returns the instant of sending. */
    long stop() {
      long sent = System.nanoTime();
      run.emergencyStop();
      return sent;
    }
  }

  private Held hold(Mode mode, boolean slowLedger) throws Exception {
    List<UUID> before = drilled.injections();
    String name = program.start(heldPlan(mode), "a test").name();
    RunHandle run = RunHandle.of(client.client(), name);
    assertThat(DrilledHome.await(() -> drilled.injections().size() > before.size())).isTrue();
    List<UUID> now = new ArrayList<>(drilled.injections());
    now.removeAll(before);
    UUID injection = now.get(0);
    AutoCloseable slowness = slowLedger ? lockedLedger() : () -> {};
    assertThat(DrilledHome.await(() -> Files.exists(drilled.file(injection, "injected.json"))))
        .isTrue();
    // Held, and either a step is under way or the write before it, which cannot end.
    assertThat(DrilledHome.await(() -> run.status().path().equals("1.1"))).isTrue();
    assertThat(DrilledHome.await(() -> !slowLedger || run.status().waiting() != null)).isTrue();
    String victim = drilled.journal().intent(injection).orElseThrow().target();
    return new Held(injection, victim, run, slowness);
  }

  /** Nothing ends the fault but a stop. */
  private static DrillPlan heldPlan(Mode mode) {
    Duration minute = Duration.ofSeconds(60);
    SqlProbe probe =
        new SqlProbe(
            "the database answers", "service-database", "select 1", "1", Duration.ofMillis(300));
    Step waiting = new DetectStep(null, minute, null, probe, 100_000, Duration.ofMillis(100));
    Step inject =
        new InjectStep(
            null,
            minute,
            null,
            new ProcessTreeFailure(mode),
            "primary",
            Duration.ofSeconds(10),
            List.of(waiting),
            null);
    return new DrillPlan("held", null, null, "lab", null, null, null, List.of(inject), null);
  }

  /** Keeps every writer of the ledger waiting until it is closed. */
  private AutoCloseable lockedLedger() throws IOException, SQLException {
    Connection connection = drilled.ledger().connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE ledger.audit_event IN ACCESS EXCLUSIVE MODE");
    }
    return () -> {
      connection.rollback();
      connection.close();
    };
  }
}
