package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.fault.ProcessTreeFailure.Mode;
import dev.drillmaster.injection.HealAllReport;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many faults healed at once: all are taken away before the first is closed. */
@Tag("lab")
@Timeout(60)
final class HealAllTest {

  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final Duration LOCK = Duration.ofSeconds(5);

  private final Map<UUID, Boolean> otherWasFrozen = new ConcurrentHashMap<>();
  private final List<ProcessId> services = new ArrayList<>();
  private ServiceLab lab;
  private InjectionSpec quick;
  private InjectionSpec slow;
  private HostInjections injections;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException, InterruptedException {
    lab = new ServiceLab(directory);
    quick = freeze("quick");
    slow = freeze("slow");
    injections = held();
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    lab.close();
    ProcessKiller.killAll(() -> services.stream().filter(ProcessId::isRunning).toList());
  }

  @Test
  void noneIsClosedWhileAnotherIsStillThere() throws Exception {
    CompletableFuture<HealAllReport> healing;
    try (HostLock busy = lab.journal.lockTarget("slow", LOCK)) {
      healing = healAll();
      assertThat(Poll.until(LOCK, () -> !services.get(0).isFrozen())).isTrue();
      // Long against closing one, short against the patience with the other.
      assertThat(Poll.until(Duration.ofMillis(300), () -> !otherWasFrozen.isEmpty())).isFalse();
      assertThat(busy.name()).isEqualTo("target-slow");
      assertThat(services.get(1).isFrozen()).isTrue();
    }

    HealAllReport report = healing.get(10, TimeUnit.SECONDS);
    assertThat(report.healed()).containsOnlyKeys(quick.id(), slow.id());
    assertThat(report.healed().values()).allMatch(HealReport::verified);
    assertThat(otherWasFrozen).isEqualTo(Map.of(quick.id(), false, slow.id(), false));
    assertThat(lab.journal.healed(quick.id()).orElseThrow().healedAt())
        .isBefore(lab.journal.healed(slow.id()).orElseThrow().healedAt());
  }

  @Test
  void oneThatTakesLongKeepsTheOthersNoFurther() throws Exception {
    CompletableFuture<HealAllReport> healing;
    try (HostLock busy = lab.journal.lockTarget("slow", LOCK)) {
      healing = healAll();
      assertThat(lab.awaitHealed(quick, Duration.ofSeconds(5)).verified()).isTrue();
      assertThat(busy.name()).isEqualTo("target-slow");
      assertThat(services.get(1).isFrozen()).isTrue();
    }

    assertThat(healing.get(10, TimeUnit.SECONDS).healed()).containsOnlyKeys(quick.id(), slow.id());
  }

  /** Both are injected, and each notes how the other was when it was closed. */
  private HostInjections held() throws IOException, InterruptedException {
    HostInjections boundary =
        lab.injections(
            new InjectionListener() {
              @Override
              public void afterHeal(InjectionSpec spec, HealReport report) {
                ProcessId other = services.get(spec.equals(quick) ? 1 : 0);
                otherWasFrozen.put(spec.id(), other.isFrozen());
              }
            });
    boundary.inject(quick, () -> {});
    boundary.inject(slow, () -> {});
    assertThat(services).allMatch(ProcessId::isFrozen);
    return boundary;
  }

  private CompletableFuture<HealAllReport> healAll() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return injections.healAll("stop-all");
          } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
          }
        });
  }

  /** A service of one process, and a fault for it. */
  private InjectionSpec freeze(String target) throws IOException {
    Path directory = Files.createDirectories(lab.directory.resolve(target));
    List<String> command = List.of("sleep", "1000");
    Process process = DetachedProcess.start(command, Map.of(), directory, directory.resolve("log"));
    services.add(ProcessId.of(process.pid()).orElseThrow());
    Files.write(
        lab.targets.directory().resolve(target + ".json"),
        Wire.json()
            .writeValueAsBytes(
                Map.of("kind", "command", "command", command, "directory", directory.toString())));
    return new InjectionSpec(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "1",
        new ProcessTreeFailure(Mode.FREEZE),
        target,
        "here",
        LEASE,
        Duration.ofMinutes(1));
  }
}
