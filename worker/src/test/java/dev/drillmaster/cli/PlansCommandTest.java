package dev.drillmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.plan.PlanFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("pure")
class PlansCommandTest {

  private static final String VARIABLE =
      """
      name: mine
      system: lab
      variables: {rate: {type: integer, default: 50}}
      steps: [{step: start-load, rate: "${rate}"}, {step: stop-load}]
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyPlanThatShipsIsListed() {
    assertThat(run("plans", "list")).isZero();
    assertThat(out.toString()).contains("postgres-failover ").contains("postgres-failover-frozen");
  }

  @Test
  void showSaysHowLongAFaultCanOutliveEverything() {
    assertThat(run("plans", "show", "postgres-failover")).isZero();
    assertThat(out.toString())
        .contains("outlives everything by at most 26s")
        .contains("3.2  fence the primary");
  }

  @Test
  void anUnknownPlanIsAnErrorThatNamesTheKnownOnes() {
    assertThat(run("plans", "show", "nothing")).isEqualTo(64);
    assertThat(err.toString())
        .contains("there is no plan \"nothing\"; there are: postgres-failover");
  }

  @Test
  void showEndsWithAPictureThatFitsTheTerminal() {
    assertThat(run("plans", "show", "postgres-failover", "--width", "60")).isZero();
    assertThat(out.toString())
        .contains("3.3  |   o   promote the standby ")
        .contains("+-- healed; whatever dies, it is over after ");
    assertThat(out.toString().lines().filter(line -> line.contains("|   o   ")))
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).hasSize(60));
  }

  @Test
  void theSchemaIsPrintedAsItIsPublished() {
    assertThat(run("plans", "schema")).isZero();
    assertThat(out).hasToString(PlanFiles.schema());
  }

  @Test
  void aFileIsShownWithTheValuesThatAreGiven(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("mine.yml"), VARIABLE);

    assertThat(run("plans", "show", file.toString(), "--set", "rate=7")).isZero();
    assertThat(out.toString()).contains("send 7 transactions a second");
    assertThat(run("plans", "show", file.toString(), "--set", "rate=seven")).isEqualTo(64);
    assertThat(err.toString())
        .contains(file + ":3:13: variables.rate: --set rate: must be a whole number");
  }

  @Test
  void checkPrintsAllErrorsOfAllFilesAndCountsThePlansThatAreFine(@TempDir Path directory)
      throws IOException {
    Files.createDirectory(directory.resolve("more"));
    Path wrong = Files.writeString(directory.resolve("wrong.yaml"), "name: x\nsystm: lab\n");
    Path broken = Files.writeString(directory.resolve("more/broken.yml"), "name: \"x\n");
    Files.writeString(directory.resolve("fine.yaml"), VARIABLE);
    Files.writeString(directory.resolve("no-plan.txt"), "nothing");

    assertThat(run("plans", "check", directory.toString(), directory + "/fine.yaml")).isEqualTo(64);

    assertThat(out.toString().lines())
        .hasSize(5)
        .anySatisfy(line -> assertThat(line).startsWith(broken + ":2:1: this is not YAML"))
        .contains(
            wrong + ":1:1: system: is missing: give a text",
            wrong + ":1:1: steps: is missing: give a list",
            "1 plan is fine, 2 are not.")
        .anySatisfy(line -> assertThat(line).contains("did you mean \"system\"?"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void checkUsesAValueInEachPlanThatHasTheVariable(@TempDir Path directory) throws IOException {
    Path mine = Files.writeString(directory.resolve("mine.yaml"), VARIABLE);
    Path other =
        Files.writeString(directory.resolve("other.yaml"), PlanFiles.text("postgres-failover"));

    assertThat(run("plans", "check", mine.toString(), other.toString(), "--set", "rate=7"))
        .isZero();
    assertThat(out.toString()).isEqualTo("2 plans are fine.\n");
    assertThat(run("plans", "check", mine.toString(), "--set", "rte=7")).isEqualTo(64);
    assertThat(out.toString()).contains("--set rte: no plan that was read has such a variable");
  }

  @Test
  void whatIsNotThereToBeCheckedIsNotFine(@TempDir Path directory) {
    assertThat(run("plans", "check", directory.toString(), directory + "/absent.yaml"))
        .isEqualTo(64);
    assertThat(out.toString())
        .contains("no plan is in " + directory)
        .contains("there is no file " + directory + "/absent.yaml")
        .contains("0 plans are fine, 2 are not.");
  }

  @Test
  void nothingInAPlanMovesTheCursor(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(directory.resolve("evil.yaml"), "\"\\e[31mred\": \"\\e[2J\"\nname: [5]");

    run("plans", "check", file.toString());
    run("run", file.toString());

    assertThat(out.toString() + err).contains("?[31mred").doesNotContain("\u001b");
  }

  @Test
  void wrongUsageIsExplained() {
    assertThat(run("fly")).isEqualTo(64);
    assertThat(err.toString()).contains("fly").contains("Usage: drillmaster");
  }

  private int run(String... words) {
    CommandLine line = Main.commandLine(Map.of());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return Main.execute(line, words);
  }
}
