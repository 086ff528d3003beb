package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.drill.WatchStep;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
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
 * The steady state is breached while two faults are held: how long until both are seen to be gone.
 * {@code -Ddrillmaster.rounds=20} for the whole measurement.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BreachTest {

  private static final int ROUNDS = Integer.getInteger("drillmaster.rounds", 3);
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration LIMIT =
      WatchStep.LONGEST_INTERVAL.multipliedBy(2).plus(TIMEOUT).plusMillis(500);

  /** Met until the test opens a session of this name. */
  private static final String BREACH = "breach";

  private static final String PLAN =
      """
      name: slow
      system: lab
      steps:
        - step: experiment
          hold: %s
          faults:
            - {fault: {mechanism: proxy-latency, delay: 20ms}, target: database}
            - {fault: {mechanism: replay-pause}, target: standby}
          whileHeld:
            - {probe: sql, name: nobody breaks it, database: primary, equals: "0", timeout: 500ms,
               query: "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'breach'"}
            - {probe: http, name: service 1 is healthy, endpoint: service-1, path: /health}
          steadyState:
            - {probe: http, name: service 1 is healthy, endpoint: service-1, path: /health}
      """;

  private final DrilledHome drilled;
  private DrillProgram program;
  private Orchestrator client;

  BreachTest(@TempDir Path directory) throws IOException {
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
  void bothFaultsAreHealedAtOnce() throws Exception {
    List<Long> millis = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      millis.add(breachToHealed().toMillis());
    }
    System.out.printf(
        Locale.ROOT,
        "breach of the steady state to observed healed: worst %d ms of %d, at most %d: %s%n",
        millis.stream().mapToLong(Long::longValue).max().orElseThrow(),
        ROUNDS,
        LIMIT.toMillis(),
        millis);
    assertThat(millis).allMatch(each -> each <= LIMIT.toMillis());
  }

  @SuppressWarnings("try") // The session is there, not used.
  private Duration breachToHealed() throws Exception {
    List<UUID> before = drilled.injections();
    RunHandle run = RunHandle.of(client.client(), program.start(plan("60s"), "a test").name());
    assertThat(DrilledHome.await(() -> run.status().path().equals("1.4"))).isTrue();
    List<UUID> now = new ArrayList<>(drilled.injections());
    now.removeAll(before);
    Instant breach = Instant.now();
    try (Connection session =
        drilled.pair().server("db1").leased("postgres", BREACH, Duration.ofMinutes(1))) {
      for (UUID injection : now) {
        assertThat(DrilledHome.await(() -> Files.exists(drilled.file(injection, "healed.json"))))
            .isTrue();
      }
    }
    DrillReport report = run.await(DrilledHome.PATIENCE).orElseThrow();
    assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.findings()).extracting(Finding::code).containsExactly("criterion-not-met");
    assertThat(report.findings().get(0).summary()).contains("nobody breaks it, all the time: 1 at");
    Instant last = breach;
    for (UUID injection : now) {
      Instant healed = drilled.journal().healed(injection).orElseThrow().healedAt();
      last = healed.isAfter(last) ? healed : last;
    }
    return Duration.between(breach, last);
  }

  @Test
  void withoutABreachTheWatchIsMet() throws Exception {
    DrillReport report =
        RunHandle.of(client.client(), program.start(plan("2s"), "a test").name())
            .await(DrilledHome.PATIENCE)
            .orElseThrow();
    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(report.steps()).allMatch(step -> step.status() == StepStatus.MET);
    assertThat(report.steps())
        .filteredOn(step -> step.kind().equals("watch"))
        .singleElement()
        .satisfies(watch -> assertThat(watch.criteria()).hasSize(2));
  }

  private static DrillPlan plan(String duration) {
    return PlanFiles.parse(PLAN.formatted(duration), "a test");
  }
}
