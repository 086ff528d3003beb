package dev.drillmaster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drillmaster.drill.DetectStep;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.StartLoadStep;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class VariablesTest {

  private static final String END = "name: x\nsystem: lab\nsteps: [{step: fence}]\n";

  private final String plan;

  VariablesTest() throws IOException {
    try (InputStream text = VariablesTest.class.getResourceAsStream("/plans/with-variables.yaml")) {
      plan = new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void withoutValuesThoseOfThePlanHold() {
    DrillPlan resolved = PlanFiles.parse(plan, "x.yaml");

    assertThat(resolved.title()).isEqualTo("3 failures in a row, kill");
    assertThat(((StartLoadStep) resolved.steps().get(0)).rate()).isEqualTo(50);
  }

  @Test
  void givenValuesAreUsedWithTheirTypesAndNoTraceOfVariablesIsLeft() throws IOException {
    DrillPlan resolved =
        PlanFiles.parse(
            plan, "x.yaml", Map.of("rate", "7", "hold", "40s", "kind", "freeze", "count", "2"));

    assertThat(resolved.title()).isEqualTo("2 failures in a row, freeze");
    assertThat(((StartLoadStep) resolved.steps().get(0)).rate()).isEqualTo(7);
    InjectStep inject = (InjectStep) resolved.steps().get(1);
    assertThat(inject.limit()).isEqualTo(Duration.ofSeconds(40));
    assertThat(inject.fault()).isEqualTo(new ProcessTreeFailure(ProcessTreeFailure.Mode.FREEZE));
    assertThat(((DetectStep) inject.during().get(0)).failures()).isEqualTo(2);
    assertThat(Wire.json().writeValueAsString(resolved)).doesNotContain("variables\":", "${");
  }

  @Test
  void aValueOfAnotherTypeIsRefusedBeforeItIsUsed() {
    assertThat(errors(plan, Map.of("rate", "many", "hold", "5", "kind", "8")))
        .containsExactly(
            "x.yaml:5:3: variables.rate: --set rate: must be a whole number, but is"
                + " the text \"many\"",
            "x.yaml:6:3: variables.hold: --set hold: must be a duration, a whole number and a unit"
                + " such as 250ms, 10s, 5m or 1h, but is the number 5",
            "x.yaml:13:44: steps[2].fault.mode: must be kill or freeze, but is the text \"8\", the"
                + " value of ${kind}");
  }

  @Test
  void aValueThatThePlanCannotUseIsToldWhereItIsUsed() {
    assertThat(errors(plan, Map.of("rate", "9999999999")))
        .containsExactly(
            "x.yaml:11:11: steps[1].rate: must be a whole number, but is the number 9999999999,"
                + " the value of ${rate}: write it in digits, from -2147483648 to 2147483647");
    assertThat(errors(plan, Map.of("hold", "0s")))
        .contains(
            "x.yaml:15:12: steps[2].limit: limit must be more than 0 and at most maxDuration");
  }

  @Test
  void namesThatAreNotThereAreToldWithThoseThatAre() {
    assertThat(errors(plan, Map.of("hld", "5s")))
        .containsExactly(
            "x.yaml:1:1: variables: --set hld: there is no variable \"hld\"; did you mean \"hold\"?"
                + " there are: rate, hold, kind, count");
    assertThat(errors("title: ${who} and ${\nvariables: {x: {type: text, default: a}}\n" + END))
        .containsExactly(
            "x.yaml:1:8: title: there is no variable \"who\"; there are: x",
            "x.yaml:1:8: title: \"${\" has no \"}\": a variable is used as ${name}",
            "x.yaml:2:13: variables.x: is used nowhere: leave it out");
    assertThat(errors("title: ${x}\n" + END))
        .containsExactly("x.yaml:1:8: title: there is no variable \"x\"; none is known");
  }

  @Test
  void aVariableWithoutAValueMustBeGivenOne() {
    String needy = "title: for ${team}\nvariables:\n  team: {type: text}\n" + END;

    assertThat(errors(needy, Map.of()))
        .containsExactly(
            "x.yaml:3:3: variables.team: has no value: give a text with --set team=VALUE");
    assertThat(PlanFiles.parse(needy, "x.yaml", Map.of("team", "5")).title()).isEqualTo("for 5");
  }

  @Test
  void aDeclarationIsCheckedAsEverythingElse() {
    assertThat(
            errors(
                """
                title: ${a} ${b} ${c} ${d}
                variables:
                  a: {type: time, default: 5s}
                  b: {type: duration, default: 5}
                  c: {default: 5}
                  d: 7
                  2x: {type: text, default: "", colour: red}
                """
                    + END))
        .contains(
            "x.yaml:3:13: variables.a.type: must be duration, integer, text or boolean, but is the"
                + " text \"time\"",
            "x.yaml:4:32: variables.b.default: must be a duration, a whole number and a unit such"
                + " as 250ms, 10s, 5m or 1h, but is the number 5",
            "x.yaml:5:6: variables.c.type: is missing: give duration, integer, text or boolean",
            "x.yaml:6:6: variables.d: must be a mapping with type, default, description, but is the"
                + " number 7",
            "x.yaml:7:3: variables.2x: a name begins with a letter and has letters, digits, dashes"
                + " and underscores, at most 63");
  }

  @Test
  void aKindCannotComeFromAVariableBecauseNoEditorCouldHelpThen() {
    assertThat(
            errors(
                """
                name: x
                system: lab
                variables: {what: {type: text, default: fence}}
                steps: [{step: "${what}"}]
                """))
        .singleElement()
        .asString()
        .startsWith("x.yaml:4:16: steps[1].step: cannot come from a variable: give one of await,");
  }

  @Test
  void whatAVariableHoldsIsNotLookedIntoAgain() {
    assertThat(
            PlanFiles.parse(
                    "title: ${a}!\nvariables: {a: {type: text, default: \"${a}\"}}\n" + END,
                    "x.yaml")
                .title())
        .isEqualTo("${a}!");
  }

  @Test
  void variablesDoNotBlowUpAPlan() {
    String large = "x".repeat(100_000);

    assertThat(
            errors(
                "title: '"
                    + "${a} ".repeat(100_000)
                    + "'\nvariables: {a: {type: text, default: "
                    + large
                    + "}}\n"
                    + END))
        .contains("x.yaml:1:8: title: with its variables the plan is larger than 1 MB");
  }

  private static List<String> errors(String text) {
    return errors(text, Map.of());
  }

  private static List<String> errors(String text, Map<String, String> set) {
    PlanException wrong =
        catchThrowableOfType(PlanException.class, () -> PlanFiles.parse(text, "x.yaml", set));
    assertThat(wrong).isNotNull();
    return wrong.lines();
  }
}
