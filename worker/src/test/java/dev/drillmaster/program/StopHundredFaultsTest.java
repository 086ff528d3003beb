package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.process.Poll;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred runs hold a hundred faults on two hosts, and one command stops all of them: how long
 * until every host has healed and looked, and until every run is over. {@code -Pcampaign
 * -Dtest=StopHundredFaultsTest -Ddrillmaster.rounds=10} for ten rounds.
 */
@Tag("server")
@Tag("campaign")
class StopHundredFaultsTest {

  private static final int ROUNDS = Integer.getInteger("drillmaster.rounds", 1);
  private static final int ON_EACH_HOST = 50;

  /** Each of them starts a watchdog, which is half a second's work. */
  private static final int AT_ONCE = 2;

  private static final Duration A_FAULT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Books and server say themselves when a run ended; asking them often would be work for them. */
  private static final Duration LOOK_FOR_ENDS = Duration.ofMillis(200);

  private static final Duration HEALED_WITHIN = Duration.ofMillis(500);

  private static final Duration OVER_WITHIN = Duration.ofSeconds(10);
  private static final Pattern SAID = Pattern.compile("all of that after (\\d+) ms");

  private final Path directory;
  private final DrilledHome drilled;
  private final List<CrowdedHost> hosts;
  private final List<RunHandle> runs = new ArrayList<>();
  private final List<Duration> healedAfter = new ArrayList<>();
  private final List<Duration> overAfter = new ArrayList<>();
  private int round;

  StopHundredFaultsTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.drilled = new DrilledHome(directory);
    this.hosts =
        List.of(
            new CrowdedHost(directory, "one", ON_EACH_HOST),
            new CrowdedHost(directory, "two", ON_EACH_HOST));
  }

  @BeforeEach
  void raiseTheLimit() throws Exception {
    DrilledHome.Started limits =
        drilled.start("limits", "--max-runs", "100", "--reason", "a hundred faults at once");
    assertThat(limits.end()).as(limits.said()).isZero();
  }

  @AfterEach
  void down() throws Exception {
    drilled.close();
    for (CrowdedHost host : hosts) {
      host.close();
    }
  }

  @Test
  void onTheDevServer() throws Exception {
    stopAgainAndAgain("dev server", DevServer.start(directory));
  }

  @Test
  void onTheProductionServer() throws Exception {
    Path room = directory.resolve("temporal");
    stopAgainAndAgain("production server", ProductionServer.start(room, drilled.home().binaries()));
  }

  private void stopAgainAndAgain(String kind, TemporalServer server) throws Exception {
    try (Orchestrator orchestrator = Orchestrator.at(server.address())) {
      DrilledHome.Started worker = drilled.start("worker", "--temporal", server.address());
      assertThat(DrilledHome.await(() -> worker.said().contains("working for")))
          .as(worker.said())
          .isTrue();
      for (CrowdedHost host : hosts) {
        host.startAgent(drilled, server.address());
      }
      for (round = 1; round <= ROUNDS; round++) {
        holdAll(orchestrator);
        stopAll(kind, orchestrator);
      }
      assertThat(healedAfter).allMatch(healed -> healed.compareTo(HEALED_WITHIN) <= 0);
      assertThat(overAfter).allMatch(over -> over.compareTo(OVER_WITHIN) <= 0);
    } finally {
      server.stop();
    }
  }

  private void holdAll(Orchestrator orchestrator) throws Exception {
    for (int i = 0; i < ON_EACH_HOST; i++) {
      for (CrowdedHost host : hosts) {
        start(orchestrator, host, i);
        awaitFrozen(host, i + 1 - AT_ONCE / hosts.size());
      }
    }
    for (CrowdedHost host : hosts) {
      awaitFrozen(host, ON_EACH_HOST);
    }
  }

  private void awaitFrozen(CrowdedHost host, int number) throws Exception {
    assertThat(Poll.until(A_FAULT, LOOK, () -> host.frozen() >= number))
        .as(() -> number + " are frozen on " + host.name + "; refused: " + findings())
        .isTrue();
  }

  private List<String> findings() {
    try {
      return drilled.ledger().column("SELECT summary FROM ledger.finding");
    } catch (IOException | SQLException silent) {
      return List.of(silent.toString());
    }
  }

  private void start(Orchestrator orchestrator, CrowdedHost host, int number) {
    DrillPlan plan = plan(host.name, CrowdedHost.target(number));
    runs.add(
        RunHandle.start(
            orchestrator.client(),
            "crowd-" + UUID.randomUUID(),
            new DrillRequest(plan, "a test", orchestrator.name(), null)));
  }

  /** Freezes one service until somebody stops the run. */
  private static DrillPlan plan(String host, String target) {
    return PlanFiles.parse(
        """
        name: crowd
        system: lab
        maxDuration: 20m
        steps:
          - step: inject
            host: %s
            target: %s
            fault: {mechanism: process-tree, mode: freeze}
            lease: 30s
            limit: 15m
            during:
              - {step: detect, failures: 100000, interval: 30s, limit: 15m, probe: {probe: sql,
                name: it answers, database: service-database, query: select 1, equals: "1"}}
        """
            .formatted(host, target),
        "a test");
  }

  private void stopAll(String kind, Orchestrator orchestrator) throws Exception {
    List<String> held = open("SELECT injection_id FROM ledger.injection WHERE healed_at IS NULL");
    assertThat(held).hasSize(hosts.size() * ON_EACH_HOST);
    DrilledHome.Started stop = drilled.start("stop", "--all", "--reason", "users complain");
    int exit = stop.end();
    Matcher said = SAID.matcher(stop.said());
    assertThat(said.find()).as(stop.said()).isTrue();
    Instant sent = stop.sentAt();
    Duration healed = Duration.between(sent, lastHeal(held));
    assertThat(Poll.until(A_FAULT, LOOK_FOR_ENDS, this::allEnded)).isTrue();
    Duration booksClosed = Duration.between(sent, lastEnd());
    Duration over = Duration.between(sent, lastClose(orchestrator));
    System.out.printf(
        Locale.ROOT,
        "%s, round %d: %d faults healed and seen to be gone %d ms after the command was sent;"
            + " the command knew after %s ms; all books closed after %d ms and all runs over after"
            + " %d ms (%s)%n",
        kind,
        round,
        held.size(),
        healed.toMillis(),
        said.group(1),
        booksClosed.toMillis(),
        over.toMillis(),
        StopTimeline.of(orchestrator.client(), sent));
    assertThat(exit).as(stop.said()).isZero();
    healedAfter.add(healed);
    overAfter.add(over);
    assertThat(drilled.ledger().unaudited()).isEmpty();
    DrilledHome.Started resume = drilled.start("resume", "--reason", "they are content");
    assertThat(resume.end()).as(resume.said()).isZero();
  }

  private List<String> open(String sql) throws IOException, SQLException {
    return drilled.ledger().column(sql);
  }

  /** When the last of them was seen to be healed, as the journals of their hosts say. */
  private Instant lastHeal(List<String> held) throws IOException {
    Instant last = Instant.EPOCH;
    for (String injection : held) {
      HealReport report = healed(UUID.fromString(injection));
      assertThat(report.verified()).isTrue();
      last = report.healedAt().isAfter(last) ? report.healedAt() : last;
    }
    for (CrowdedHost host : hosts) {
      assertThat(host.frozen()).isZero();
    }
    return last;
  }

  private HealReport healed(UUID injection) throws IOException {
    for (CrowdedHost host : hosts) {
      Optional<HealReport> report = host.journal().healed(injection);
      if (report.isPresent()) {
        return report.get();
      }
    }
    throw new AssertionError(injection + " is not healed in any journal");
  }

  private boolean allEnded() throws IOException {
    try {
      return open("SELECT workflow_id FROM ledger.run WHERE ended_at IS NULL").isEmpty();
    } catch (SQLException silent) {
      throw new IOException(silent);
    }
  }

  /** When the last run was over for Temporal, its guardian included. */
  private Instant lastClose(Orchestrator orchestrator) throws IOException, InterruptedException {
    Instant last = Instant.EPOCH;
    for (RunHandle run : runs) {
      WorkflowStub stub = orchestrator.client().newUntypedWorkflowStub(run.name());
      assertThat(Poll.until(A_FAULT, LOOK_FOR_ENDS, () -> stub.describe().getCloseTime() != null))
          .isTrue();
      Instant closed = Objects.requireNonNull(stub.describe().getCloseTime());
      last = closed.isAfter(last) ? closed : last;
    }
    runs.clear();
    return last;
  }

  private Instant lastEnd() throws IOException, SQLException {
    String millis = "SELECT (extract(epoch FROM max(ended_at)) * 1000)::bigint FROM ledger.run";
    return Instant.ofEpochMilli(Long.parseLong(open(millis).get(0)));
  }
}
