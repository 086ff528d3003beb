package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.StressCpu;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.policy.Policy;
import dev.drillmaster.process.FileTree;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.watchdog.WatchdogExpiry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class StressCpuTest extends StressContract {

  @Override
  Fault fault() {
    return new StressCpu(1, 50);
  }

  @Override
  long used(List<ProcessHandle> stressors) {
    return stressors.stream()
        .flatMap(each -> each.info().totalCpuDuration().stream())
        .mapToLong(Duration::toMillis)
        .sum();
  }

  @Override
  long expected() {
    return 50;
  }

  @Test
  void whatOthersRunAndKeepBesideItAndInItSurvives() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    Path ofAnother = Files.createDirectory(lab.room.resolve("drillmaster-" + UUID.randomUUID()));
    ProcessId beside = other(lab.room, "--cpu", "1", "--cpu-load", "1");
    ProcessId another = other(ofAnother, "--cpu", "1", "--cpu-load", "1");
    lab.injections().inject(spec, () -> {});
    Process visitor = new ProcessBuilder("sleep", "60").directory(own(spec).toFile()).start();
    try {
      assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
      assertThat(beside.isRunning()).isTrue();
      assertThat(another.isRunning()).isTrue();
      assertThat(visitor.isAlive()).isTrue();
      assertThat(lab.room).isDirectoryContaining(ofAnother::equals);
      assertThat(own(spec)).doesNotExist();
    } finally {
      visitor.destroyForcibly();
    }
  }

  private Path own(InjectionSpec spec) {
    return lab.room.resolve("drillmaster-" + spec.id());
  }

  /** Whoever injected was killed before it saw anything of what it had started. */
  @Test
  void whatWasStartedAndNotNotedIsHealed() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.journal.intend(spec);
    lab.journal.writeUndo(spec.id(), new StressUndo(own(spec), spec.longest()));
    lab.journal.begin(spec.id());
    Files.createDirectory(own(spec));
    ProcessId started = other(own(spec), "--cpu", "1");
    assertThat(lab.injections().heal(spec, "reaper").verified()).isTrue();
    assertThat(started.isRunning()).isFalse();
    assertThat(own(spec)).doesNotExist();
  }

  @Test
  void itIsFoundWhenSomebodyHasDeletedItsDirectory() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    FileTree.delete(own(spec));
    assertThat(effectSeen()).isTrue();
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    assertThat(lab.stressors()).isEmpty();
  }

  @Test
  void oneOfTwoWorkersIsNotTheEffect() throws Exception {
    InjectionSpec spec = HostLab.spec(new StressCpu(2, 10));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    List<ProcessId> workers = lab.workers();
    assertThat(workers).hasSize(2);
    ProcessKiller.kill(workers.subList(0, 1));
    assertThat(Poll.until(Duration.ofSeconds(2), () -> !workers.get(0).isRunning())).isTrue();
    assertThat(injections.hold(spec, () -> {}).endedBy()).contains("1 of its 2 workers run");
    assertThat(workers.get(1).isRunning()).isFalse();
  }

  /** A stop of everything takes all faults away before it writes the first tombstone. */
  @Test
  void whatAStopOfEverythingTakesAwayHasNotEndedByItself() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    Host host =
        new Host(
            lab.journal,
            lab.targets,
            Injectors.all(),
            new WatchdogExpiry(lab.journal, lab.targets),
            Policy.EVERYTHING,
            List.of());
    Holds holds = new Holds();
    Healing healing = new Healing(host, holds);
    new Injecting(host, holds, failed -> {}).inject(spec, () -> {});
    CompletableFuture<HoldReport> hold =
        holding(() -> new Holding(host, holds, ended -> {}).hold(spec, () -> {}));
    assertThat(Poll.until(Duration.ofSeconds(2), () -> holds.held() == 1)).isTrue();
    assertThat(healing.relieve(spec)).isPresent();
    assertThat(Poll.until(HostLab.LEASE.dividedBy(2), hold::isDone)).isFalse();
    healing.heal(spec, "stop-all", Healing.Start.now());
    assertThat(hold.get(5, TimeUnit.SECONDS).endedBy()).isEqualTo("healed");
  }

  @Test
  void moreWorkersThanTheHostAllowsAreRefused() {
    assertRefused(new StressCpu(3, null), "allows 2 processes, not 3: \"maxWorkers: 3\"");
  }

  @Test
  void withoutStressNgItIsRefused() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    Process without = lab.process(List.of("env", "PATH=" + lab.room), "inject", spec);
    assertThat(lab.line(without)).startsWith("refused: ").contains("apt-get install stress-ng");
    assertThat(lab.journal.begun(spec.id())).isFalse();
  }
}
