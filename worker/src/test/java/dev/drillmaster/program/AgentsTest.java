package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.home.Home;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.Signal;
import dev.drillmaster.tier.Tier;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents as processes of this machine. */
@Tag("server")
@Tag("full")
class AgentsTest extends TwoAgents {

  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  AgentsTest(@TempDir Path directory) throws IOException {
    super(directory);
  }

  @Override
  DevServer startServer() throws IOException, InterruptedException {
    return DevServer.start(directory);
  }

  @Override
  String kind() {
    return "on this machine";
  }

  @Override
  List<String> inside(int host) {
    return List.of();
  }

  @Test
  void aFaultIsHeldByTheAgentOfItsHostAndHealedThere() throws Exception {
    DrillReport report =
        start(plan("two", "{step: steady-state}")).await(DrilledHome.PATIENCE).orElseThrow();

    assertThat(report.findings()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(report.injections())
        .singleElement()
        .matches(DrillReport.InjectionLine::healVerified)
        .matches(line -> two.journal().closed(line.id()))
        .matches(line -> !drilled.journal().closed(line.id()));
    assertThat(two.runs()).isTrue();
  }

  @Test
  void aHostWithoutAnAgentIsRefusedAndNothingIsInjected() throws Exception {
    List<UUID> before = injections();

    DrillReport report =
        start(plan("three", "{step: steady-state}")).await(DrilledHome.PATIENCE).orElseThrow();

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.findings())
        .singleElement()
        .extracting(Finding::summary)
        .asString()
        .startsWith("host three has no agent: start one with drillmaster agent --host three");
    assertThat(report.injections()).isEmpty();
    assertThat(injections()).isEqualTo(before);
  }

  @Test
  void aFaultThatThePolicyForbidsIsRefused() throws Exception {
    AgentRoom strict = new AgentRoom(directory, "strict", List.of());
    try {
      strict.allow("proxy-down");
      DrilledHome.Started agent = strict.start(drilled, server.address());
      DrillReport report =
          start(plan("strict", "{step: steady-state}")).await(DrilledHome.PATIENCE).orElseThrow();

      assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(report.findings())
          .extracting(Finding::summary)
          .contains(
              "the policy of host strict does not allow fault process-tree: the line"
                  + " \"faults: [proxy-down, process-tree]\" would allow it");
      // What it was asked to heal has a tombstone, and no intent.
      assertThat(strict.injections()).noneMatch(strict.journal()::begun);
      assertThat(strict.runs()).isTrue();
      agent.signal(Signal.TERM);
      agent.end();
    } finally {
      strict.close();
    }
  }

  @Test
  void anAgentThatIsEndedHealsWhatItHolds() throws Exception {
    AgentRoom ending = new AgentRoom(directory, "ending", List.of());
    try {
      DrilledHome.Started agent = ending.start(drilled, server.address());
      RunHandle run = start(held("ending"));
      // The step inside begins when the holder is asked for.
      assertThat(Poll.until(DrilledHome.PATIENCE, () -> run.status().path().equals("1.1")))
          .isTrue();
      assertThat(ending.frozen()).isTrue();

      long signalled = System.nanoTime();
      agent.signal(Signal.TERM);
      agent.end();

      // Nobody waits until the lease or the fault has ended.
      assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isLessThan(AT_ONCE);
      assertThat(ending.runs()).as(agent.said()).isTrue();
      assertThat(ending.journal().open()).isEmpty();
      ending.allow("proxy-down");
      ending.start(drilled, server.address());
      assertThat(run.await(DrilledHome.PATIENCE).orElseThrow().injections())
          .singleElement()
          // By the agent itself if the fault was so young that nobody held it yet.
          .matches(line -> Set.of("holder", "agent").contains(line.healedBy()));
    } finally {
      ending.close();
    }
  }

  @Test
  void anAgentHealsAtItsStartWhatItsPolicyDoesNotAllowAnyMore() throws Exception {
    AgentRoom narrowed = new AgentRoom(directory, "narrowed", List.of());
    try {
      DrilledHome.Started agent = narrowed.start(drilled, server.address());
      RunHandle run = start(held("narrowed"));
      assertThat(DrilledHome.await(narrowed::frozen)).isTrue();
      UUID injection = narrowed.injections().get(0);
      // Nobody but the agent is to heal: its watchdog dies with it.
      Signal.KILL.send(List.of(narrowed.journal().watchdog(injection).orElseThrow()));
      agent.signal(Signal.KILL);
      agent.end();
      assertThat(narrowed.frozen()).isTrue();

      narrowed.forbidAll();
      DrilledHome.Started again = narrowed.start(drilled, server.address());

      assertThat(again.said()).contains("healed: ");
      assertThat(narrowed.runs()).isTrue();
      assertThat(narrowed.journal().healed(injection).orElseThrow().by()).isEqualTo("agent");
      assertThat(run.await(DrilledHome.PATIENCE)).isPresent();
      assertThat(
              drilled
                  .ledger()
                  .column(
                      "SELECT 1 FROM ledger.injection WHERE healed_at IS NULL AND host = 'narrowed'"))
          .isEmpty();
    } finally {
      narrowed.close();
    }
  }

  @Test
  void anAgentOnAFullDiskHealsAllTheSame() throws Exception {
    // No file can grow in its processes: each write to a file fails, as on a full disk.
    List<String> full = List.of("sh", "-c", "ulimit -f 0; exec \"$@\"", "sh");
    AgentRoom room = new AgentRoom(directory, "full", List.of());
    try {
      DrilledHome.Started agent = room.start(drilled, server.address());
      RunHandle run = start(held("full"));
      assertThat(DrilledHome.await(room::frozen)).isTrue();
      UUID injection = room.injections().get(0);
      Signal.KILL.send(List.of(room.journal().watchdog(injection).orElseThrow()));
      agent.signal(Signal.KILL);
      agent.end();

      DrilledHome.Started onFullDisk = room.startBy(full, drilled, server.address());

      assertThat(DrilledHome.await(room::runs)).isTrue();
      assertThat(run.await(DrilledHome.PATIENCE)).isPresent();
      assertThat(onFullDisk.process().isAlive()).isTrue();
      DrillReport next =
          start(plan("full", "{step: steady-state}")).await(DrilledHome.PATIENCE).orElseThrow();
      assertThat(next.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(room.runs()).isTrue();
    } finally {
      room.close();
    }
  }

  @Test
  void aSecondAgentOfAHostIsRefusedBeforeItWorks() throws Exception {
    DrilledHome.Started sameHome = one.start(drilled, server.address());
    assertThat(sameHome.end()).isEqualTo(4);
    assertThat(sameHome.said()).contains("with this home: end it first");

    Home other = new Home(directory.resolve("other-home"));
    DrilledHome.Started sameName = one.start(drilled, server.address(), other);
    assertThat(sameName.end()).as(sameName.said()).isEqualTo(4);
    assertThat(sameName.said())
        .contains("refused: host one has an agent already, process " + agentOne.process().pid())
        .doesNotContain("works for");
    assertThat(agents()).containsPattern("one +answers +\\S+ +" + agentOne.process().pid() + " ");
  }

  @Test
  void anHourMoreOnTheClockOfAnAgentChangesNothing() throws Exception {
    Optional<Path> library =
        Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64")
            .map(each -> Path.of(each, "faketime", "libfaketime.so.1"))
            .filter(Files::exists)
            .findFirst();
    Tier.need(library.isPresent(), "libfaketime", "apt-get install libfaketime");
    AgentRoom ahead =
        new AgentRoom(
            directory,
            "ahead",
            List.of(
                "env",
                "LD_PRELOAD=" + library.orElseThrow(),
                "FAKETIME=+3600s",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_FORCE_MONOTONIC_FIX=0"));
    try {
      ahead.start(drilled, server.address());
      DrillReport report =
          start(plan("ahead", "{step: steady-state}")).await(DrilledHome.PATIENCE).orElseThrow();

      assertThat(report.findings()).isEmpty();
      assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
      assertThat(report.injections().get(0).injectedAt())
          .as("by the clock of the host")
          .isAfter(report.endedAt().plusSeconds(3000));
      assertThat(ahead.runs()).isTrue();
    } finally {
      ahead.close();
    }
  }

  private List<UUID> injections() throws IOException {
    return Stream.of(drilled.injections(), one.injections(), two.injections())
        .flatMap(List::stream)
        .toList();
  }
}
