package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A dry run where the lab is up: everything is asked, and nothing done. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DryRunTest {

  private final Path directory;
  private final DrilledHome drilled;

  DryRunTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.drilled = new DrilledHome(directory);
  }

  @BeforeAll
  void up() throws Exception {
    DrilledHome.Started lab = drilled.start("lab", "up");
    assertThat(lab.end()).as(lab.said()).isZero();
  }

  @AfterAll
  void down() throws Exception {
    drilled.close();
  }

  @Test
  void targetsAreAskedAndNothingIsWritten() throws Exception {
    Path plan =
        Files.writeString(
            directory.resolve("mine.yaml"),
            """
            name: mine
            system: lab
            variables: {mode: {type: text, default: kill}}
            steps:
              - {step: inject, target: standby, fault: {mechanism: process-tree, mode: "${mode}"}}
            """);
    List<Path> before = host();

    DrilledHome.Started dry =
        drilled.start("run", plan.toString(), "--set", "mode=freeze", "--dry-run");

    assertThat(dry.end()).as(dry.said()).isZero();
    assertThat(dry.said())
        .contains("freeze every process of db2 (at most 2m)")
        .contains("  permit  given: one program at a time acts on a home, and none does")
        .contains("  system  db1 is primary, and db2 streams from it")
        .contains("  step 1  db2 is ready: PostgreSQL in")
        .contains("Nothing was done.");
    assertThat(host()).isEqualTo(before);
    assertThat(drilled.home().ledger()).doesNotExist();
  }

  @Test
  void whatStandsInTheWayIsARefusal() throws Exception {
    UUID id = UUID.randomUUID();
    drilled
        .journal()
        .intend(
            new InjectionSpec(
                id,
                UUID.randomUUID(),
                "1",
                new ProcessTreeFailure(ProcessTreeFailure.Mode.KILL),
                "db1",
                LabHost.NAME,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10)));
    try {
      DrilledHome.Started dry = drilled.start("run", "postgres-failover", "--dry-run");

      assertThat(dry.end()).as(dry.said()).isEqualTo(4);
      assertThat(dry.said()).contains("step 3  refused: injection " + id + " is still open");
    } finally {
      drilled.journal().bury(id);
      LabHost.of(drilled.home()).injections().healAll("test");
    }
  }

  @Test
  void aProgramThatHasTheHomeKeepsThePermit() throws Exception {
    new RunningProgram(ProcessId.self(), "127.0.0.1:1", "some-run", null, null)
        .publish(drilled.home());
    try {
      DrilledHome.Started dry = drilled.start("run", "postgres-failover", "--dry-run");

      assertThat(dry.end()).as(dry.said()).isEqualTo(4);
      assertThat(dry.said())
          .contains("  permit  refused: process " + ProcessHandle.current().pid())
          .contains("stop some-run");
    } finally {
      RunningProgram.withdraw(drilled.home());
    }
  }

  /** Everything that the host knows and has done. */
  private List<Path> host() throws IOException {
    try (Stream<Path> files = Files.walk(drilled.home().root().resolve("host"))) {
      return files.sorted().toList();
    }
  }
}
