package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.plan.PlanFiles;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiments that ship, on the lab: each ends as it says, and leaves nothing behind. */
@Tag("lab")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExperimentPlansTest {

  private static final String WEAK = "-weak";

  private final DrilledHome drilled;
  private DrillProgram program;

  ExperimentPlansTest(@TempDir Path directory) throws IOException {
    drilled = new DrilledHome(directory);
  }

  @BeforeAll
  void up() throws Exception {
    program = DrillProgram.open(drilled.home(), "embedded", line -> {});
  }

  @AfterAll
  void down() throws Exception {
    program.close();
    drilled.close();
  }

  static Stream<String> experiments() {
    return PlanFiles.SHIPPED.stream().filter(plan -> !plan.startsWith("postgres-failover"));
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void endsAsItSays(String plan) throws Exception {
    JsonNode report =
        Wire.json()
            .valueToTree(
                program
                    .start(PlanFiles.shipped(plan), "a test")
                    .await(DrilledHome.PATIENCE)
                    .orElseThrow());
    boolean weak = plan.endsWith(WEAK);
    assertThat(report.path("verdict").asText())
        .as(report.toString())
        .isEqualTo(weak ? "FAILED" : "PASSED");
    assertThat(report.path("findings").findValuesAsText("code"))
        .isEqualTo(weak ? List.of("criterion-not-met") : List.of());
    assertThat(weak).isEqualTo(report.path("expected").path("met").asBoolean());
    assertThat(report.path("injections").findValuesAsText("healVerified")).containsOnly("true");
    assertThat(drilled.journal().open()).isEmpty();
    assertThat(drilled.pair().proxy().routes()).allMatch(route -> route.rules().isEmpty());
  }
}
