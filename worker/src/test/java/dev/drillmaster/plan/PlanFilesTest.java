package dev.drillmaster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.Step;
import dev.drillmaster.wire.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@Tag("pure")
class PlanFilesTest {

  static final List<String> SHIPPED = PlanFiles.SHIPPED;

  @ParameterizedTest
  @FieldSource("SHIPPED")
  void aPlanThatShipsIsRightAndSurvivesTheWire(String name) throws Exception {
    DrillPlan plan = PlanFiles.shipped(name);

    String json = Wire.json().writeValueAsString(plan);

    assertThat(Wire.json().readValue(json, DrillPlan.class)).isEqualTo(plan);
    assertThat(plan.name()).isEqualTo(name);
  }

  @Test
  void theFaultIsHeldWhileTheStandbyTakesOver() {
    DrillPlan plan = PlanFiles.shipped("postgres-failover");

    InjectStep inject =
        plan.steps().stream()
            .filter(InjectStep.class::isInstance)
            .map(InjectStep.class::cast)
            .findFirst()
            .orElseThrow();

    assertThat(inject.during())
        .extracting(Step::kind)
        .containsExactly("detect", "fence", "promote", "redirect");
    assertThat(inject.lease()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void anUnknownFieldIsRefusedWithItsPlace() {
    assertThatThrownBy(
            () -> PlanFiles.parse("name: x\nsystem: lab\nmaxImpact: 3\nsteps: []\n", "x.yaml"))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("x.yaml:3:1: maxImpact: there is no field \"maxImpact\"")
        .hasMessageContaining("maxDuration");
  }

  @Test
  void aDurationWithoutAUnitIsRefusedAndARightOneShown() {
    assertThatThrownBy(
            () -> PlanFiles.parse("name: x\nsystem: lab\nmaxDuration: 5\nsteps: []\n", "x.yaml"))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("such as 250ms, 10s, 5m or 1h");
  }

  @Test
  void allThatTheRulesSayComesAtOnce() {
    assertThatThrownBy(
            () -> PlanFiles.parse("name: BAD\nsystem: lab\nmaxDuration: 2h\nsteps: []\n", "x.yaml"))
        .hasMessageContaining("x.yaml:1:7: name: use lower-case letters")
        .hasMessageContaining("x.yaml:3:14: maxDuration: must be")
        .hasMessageContaining("x.yaml:4:8: steps: a plan needs at least one");
  }

  @Test
  void anEmptyFileIsAnErrorToo() {
    assertThatThrownBy(() -> PlanFiles.parse("", "x.yaml"))
        .isInstanceOf(PlanException.class)
        .hasMessageStartingWith("x.yaml");
  }

  @Test
  void thePlanInTheReadmeIsRightAndCanBeSet() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    Matcher plan = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(plan.find()).isTrue();
    String yaml = plan.group(1);

    DrillPlan asItStands = PlanFiles.parse(yaml, "mine.yaml");
    DrillPlan set = PlanFiles.parse(yaml, "mine.yaml", Map.of("mode", "freeze"));

    assertThat(Wire.json().writeValueAsString(asItStands)).contains("\"mode\":\"kill\"");
    assertThat(Wire.json().writeValueAsString(set)).contains("\"mode\":\"freeze\"");
    PlanException wrong =
        catchThrowableOfType(
            PlanException.class, () -> PlanFiles.parse(yaml, "mine.yaml", Map.of("mode", "kil")));
    assertThat(readme).contains("\n" + wrong.getMessage() + "\n");
  }
}
