package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real selftest, as a user starts it. */
@Tag("lab")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelftestProgramTest {

  private static final InjectionSpec INJECTION =
      new InjectionSpec(
          UUID.randomUUID(),
          UUID.randomUUID(),
          "1",
          new ProcessTreeFailure(ProcessTreeFailure.Mode.KILL),
          "db1",
          "lab",
          Duration.ofSeconds(2),
          Duration.ofMinutes(1));

  private static final HealReport HEALED =
      new HealReport(
          Instant.EPOCH,
          Instant.EPOCH,
          "test",
          false,
          false,
          new Inspection(Inspection.State.ABSENT, "never begun"));

  private final DrilledHome drilled;

  SelftestProgramTest(@TempDir Path directory) throws IOException {
    this.drilled = new DrilledHome(directory);
  }

  @AfterAll
  void down() throws Exception {
    drilled.close();
  }

  @Test
  void everyCheckHoldsOnTheLab() throws Exception {
    DrilledHome.Started program = drilled.start("selftest", "--json");

    assertThat(program.end()).as(program.said()).isZero();
    String said = program.said();
    JsonNode result = Wire.json().readTree(said.substring(said.indexOf("\n{") + 1));
    assertThat(result.path("passed").asBoolean()).isTrue();
    Map<String, String> results = new TreeMap<>();
    result
        .path("checks")
        .forEach(check -> results.put(check.path("id").asText(), check.path("result").asText()));
    String jumps = results.remove("wall-clock-jumps");
    String full = results.remove("full-disk");
    assertThat(results)
        .containsOnlyKeys(
            "no-fault",
            "no-fault-sql",
            "wall-clock-wrong",
            "missing-line",
            "deleted-rows",
            "deleted-rows-sql",
            "killed-load")
        .allSatisfy((id, seen) -> assertThat(seen).as(id).isEqualTo("held"));
    // These need programs that not every machine has; a check that is made must hold.
    assertThat(jumps).isIn("held", "not-exercised");
    assertThat(full).isIn("held", "not-exercised");
    assertThat(said).contains("seed " + result.path("seed").asLong());
    assertThat(drilled.injections()).isEmpty();
    assertThat(drilled.ledger().unaudited()).isEmpty();
  }

  @Test
  void whileAFaultIsOpenItIsRefused() throws Exception {
    assertThat(drilled.journal().intend(INJECTION)).isTrue();
    try {
      DrilledHome.Started program = drilled.start("selftest");

      assertThat(program.end()).as(program.said()).isEqualTo(4);
      assertThat(program.said()).contains("refused").contains("drillmaster heal");
    } finally {
      drilled.journal().bury(INJECTION.id());
      drilled.journal().writeHealed(INJECTION.id(), HEALED);
    }
  }
}
