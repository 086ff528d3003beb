package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.fault.ProcessTreeFailure.Mode;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.tier.ChildArguments;
import dev.drillmaster.watchdog.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The watchdog heals when nothing else can, and without what it was started from. */
@Tag("lab")
@Timeout(60)
final class WatchdogSurvivalTest {

  Path directory;
  ServiceLab lab;

  @BeforeEach
  void start(@TempDir Path made) throws IOException, InterruptedException {
    directory = made;
    lab = new ServiceLab(made);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    lab.close();
  }

  @Test
  void itHealsWhenItsProgramIsGone() throws Exception {
    Path ours = Path.of(Watchdog.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path copy = directory.resolve("program");
    copy(ours, copy);
    InjectionSpec spec = ServiceLab.spec(new ProcessTreeFailure(Mode.KILL));
    String classPath = System.getProperty("java.class.path");
    Process holder;
    System.setProperty("java.class.path", classPath.replace(ours.toString(), copy.toString()));
    try {
      holder = lab.process("hold", spec);
    } finally {
      System.setProperty("java.class.path", classPath);
    }
    assertThat(lab.line(holder)).isEqualTo("held");
    delete(copy);
    holder.destroyForcibly();
    assertThat(lab.awaitHealed(spec, spec.bound()).by()).isEqualTo("watchdog");
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void itTriesAgainUntilItWorks() throws Exception {
    InjectionSpec spec = ServiceLab.spec(new ProcessTreeFailure(Mode.KILL));
    Process holder = lab.process("hold", spec);
    assertThat(lab.line(holder)).isEqualTo("held");
    Files.delete(lab.targets.directory().resolve(ServiceLab.TARGET + ".json"));
    holder.destroyForcibly();
    Path log = lab.journal.watchdogLog(spec.id());
    assertThat(
            Poll.until(
                Duration.ofSeconds(10),
                Duration.ofMillis(5),
                () -> Files.readString(log).contains("heal failed and is tried again")))
        .isTrue();
    ProcessId watchdog = lab.journal.watchdog(spec.id()).orElseThrow();
    assertThat(
            Poll.until(Duration.ofMillis(700), Duration.ofMillis(10), () -> !watchdog.isRunning()))
        .as("gave up")
        .isFalse();
    lab.define();
    assertThat(lab.awaitHealed(spec, spec.bound()).by()).isEqualTo("watchdog");
    assertThat(lab.serves()).isTrue();
  }

  @Test
  @SuppressWarnings("try") // The arguments are in force, not used.
  void withoutAWatchdogNothingIsInjected() throws Exception {
    InjectionSpec spec = ServiceLab.spec(new ProcessTreeFailure(Mode.KILL));
    try (ChildArguments wrong = ChildArguments.with("-XX:NoSuchOption=1")) {
      assertThatThrownBy(() -> lab.injections().inject(spec, () -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("did not arm itself");
    }
    assertThat(lab.serves()).isTrue();
    assertThat(lab.journal.healed(spec.id()).orElseThrow().everInjected()).isFalse();
  }

  @Test
  void itIsSmallAndInASessionOfItsOwn() throws Exception {
    InjectionSpec spec = ServiceLab.spec(new ProcessTreeFailure(Mode.FREEZE));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    ProcessId watchdog = lab.journal.watchdog(spec.id()).orElseThrow();
    Path proc = Path.of("/proc", Long.toString(watchdog.pid()));
    List<String> status = Files.readAllLines(proc.resolve("status"));
    String resident = status.stream().filter(line -> line.startsWith("VmRSS")).toList().get(0);
    System.out.println("MEASURE watchdog " + resident);
    String[] stat = Files.readString(proc.resolve("stat")).split(" ", -1);
    assertThat(stat[5]).as("session").isEqualTo(Long.toString(watchdog.pid()));
    assertThat(Long.parseLong(resident.replaceAll("\\D", ""))).isLessThan(150_000);
    injections.heal(spec, "workflow");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
