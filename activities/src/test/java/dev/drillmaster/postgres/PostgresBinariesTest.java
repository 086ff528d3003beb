package dev.drillmaster.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.drillmaster.postgres.PostgresFailure.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
class PostgresBinariesTest {

  private final Path cache;

  PostgresBinariesTest(@TempDir Path cache) {
    this.cache = cache;
  }

  @Test
  void twoInstallationsAtOnceGiveOneWholeResult() throws Exception {
    ExecutorService programs = Executors.newFixedThreadPool(2);
    try {
      Callable<Path> install = () -> PostgresBinaries.install(cache);
      List<Path> results = new ArrayList<>();
      for (Future<Path> result : programs.invokeAll(List.of(install, install))) {
        results.add(result.get());
      }
      assertThat(results.get(0)).isEqualTo(results.get(1));
      Path bin = results.get(0);
      assertThat(bin.resolve("postgres")).isExecutable();
      assertThat(bin.resolve("initdb")).isExecutable();
      assertThat(bin.resolveSibling("lib").resolve("libpq.so.5")).isSymbolicLink();
      assertThat(version(bin)).startsWith("postgres (PostgreSQL) 18");
    } finally {
      programs.shutdownNow();
    }
    try (var left = Files.list(cache)) {
      assertThat(left).as("nothing but the result").hasSize(1);
    }
  }

  @Test
  void aSecondInstallationIsInstantAndLeftoversOfTheDeadAreRemoved() throws Exception {
    Path leftover = Files.createDirectories(cache.resolve(".unpacking-1:1-x").resolve("bin"));
    PostgresBinaries.install(cache);
    assertThat(leftover.getParent()).doesNotExist();
    long begun = System.nanoTime();
    PostgresBinaries.install(cache);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void anUnsupportedMachineIsNamed() throws Exception {
    assertThatThrownBy(() -> PostgresBinaries.archive("Linux", "riscv64"))
        .hasMessageContaining("riscv64")
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.UNSUPPORTED_HOST, PostgresFailure::kind);
    assertThatThrownBy(() -> PostgresBinaries.archive("Mac OS X", "aarch64"))
        .hasMessageContaining("Mac OS X");
    assertThat(PostgresBinaries.archive("Linux", "aarch64").toString()).contains("arm_64");
  }

  @Test
  void aFullDiskIsNamedBeforeAnythingIsWritten() {
    assertThatThrownBy(() -> DiskSpace.require(cache, Long.MAX_VALUE, "a copy"))
        .hasMessageContaining("no room for a copy")
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.NO_SPACE, PostgresFailure::kind);
  }

  private static String version(Path bin) throws Exception {
    Process process = new ProcessBuilder(bin.resolve("postgres").toString(), "--version").start();
    return new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
