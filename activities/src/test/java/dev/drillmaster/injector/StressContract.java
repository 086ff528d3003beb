package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.target.CommandDefinition;
import dev.drillmaster.target.HostTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract for faults that a stress-ng is. */
abstract class StressContract extends InjectorContract<StressLab> {

  static final Duration SOON = Duration.ofSeconds(2);

  /** What the stressors have used of the host so far, or hold of it now, whatever that is. */
  abstract long used(List<ProcessHandle> stressors) throws IOException;

  /** How much more of it the fault must use within 2 s, or must hold at once. */
  abstract long expected();

  /** Whether it is held, so that more and more is not to be seen. */
  boolean held() {
    return false;
  }

  @Override
  StressLab start(Path made) throws IOException {
    return new StressLab(made);
  }

  @Override
  boolean armed(InjectionSpec spec) throws IOException {
    return lab.watchdogRuns(spec);
  }

  @Override
  Object untouched() throws IOException {
    try (Stream<Path> files = Files.list(lab.room)) {
      return files.sorted().toList();
    }
  }

  @Override
  boolean effectSeen() {
    try {
      long before = held() ? 0 : used(lab.stressors());
      Poll.until(SOON, () -> lab.serves() || used(lab.stressors()) - before >= expected());
      return used(lab.stressors()) - before >= expected();
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void healingLeavesNothing() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    assertThat(lab.room).isNotEmptyDirectory();
    lab.injections().heal(spec, "workflow");
    assertThat(lab.room).isEmptyDirectory();
  }

  @Test
  void whatIsFrozenIsSeenAndHealed() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    Signal.STOP.send(lab.ids());
    assertThat(injections.hold(spec, () -> {}).endedBy()).contains("are frozen");
    assertThat(lab.stressors()).isEmpty();
    assertThat(lab.journal.healed(spec.id()).orElseThrow().verified()).isTrue();
  }

  /** As the kernel does when there is no memory left. */
  @Test
  void killedWorkersEndTheHold() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    CompletableFuture<HoldReport> hold = holding(() -> injections.hold(spec, () -> {}));
    assertThat(Poll.until(Duration.ofSeconds(1), hold::isDone)).isFalse();
    ProcessKiller.kill(lab.workers());
    HoldReport report = hold.get(5, TimeUnit.SECONDS);
    assertThat(report.endedBy()).contains("the effect is not seen any more");
    HealReport healed = lab.journal.healed(spec.id()).orElseThrow();
    assertThat(healed.by()).isEqualTo("holder");
    assertThat(healed.verified()).isTrue();
    assertThat(lab.stressors()).isEmpty();
  }

  @Test
  void itEndsByItselfAtItsLatestEndWhenItsWatchdogIsDeadToo() throws Exception {
    InjectionSpec spec = HostLab.spec(fault(), HostLab.LEASE, Duration.ofSeconds(4));
    Process holder = lab.process("hold", spec);
    assertThat(lab.line(holder)).isEqualTo("held");
    // In this order: a watchdog heals as soon as its holder is dead.
    ProcessKiller.kill(List.of(lab.journal.watchdog(spec.id()).orElseThrow(), HostLab.id(holder)));
    assertThat(lab.stressors()).isNotEmpty();
    assertThat(lab.awaitServes(spec.longest().plusSeconds(3))).isTrue();
    assertThat(lab.injections().heal(spec, "reaper").verified()).isTrue();
  }

  @Test
  void whatIsNoHostOrHasNoDirectoryIsRefused() throws IOException {
    lab.targets.define(
        HostLab.TARGET, new CommandDefinition(List.of("true"), lab.room, null, null));
    assertRefused(fault(), "is no host");
    Path absent = lab.room.resolve("absent");
    lab.define(new HostTarget.Definition(absent, 1, 256, 0, 64, 1));
    assertRefused(fault(), "needs its directory " + absent);
  }

  @Test
  void whatTheHostDoesNotNameIsRefused() throws IOException {
    lab.define(new HostTarget.Definition(lab.room, null, 256, 0, 64, 1));
    assertRefused(fault(), "allows 0 processes, not 1: \"maxWorkers: 1\"");
  }

  /** On a thread of its own, until it ends. */
  static CompletableFuture<HoldReport> holding(Callable<HoldReport> hold) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return hold.call();
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
        });
  }

  void assertRefused(Fault refused, String why) {
    assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(refused)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }

  /** A stress-ng that somebody else has started. */
  ProcessId other(Path where, String... options) throws IOException {
    List<String> command =
        Stream.concat(Stream.of("stress-ng", "--timeout", "20s"), Stream.of(options)).toList();
    Process process =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return HostLab.id(process);
  }
}
