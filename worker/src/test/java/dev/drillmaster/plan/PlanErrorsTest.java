package dev.drillmaster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.drill.Step;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a plan is told with its place and with what would be right, all at once. */
@Tag("pure")
class PlanErrorsTest {

  /** A new kind of step is no change of these tests. */
  private static final List<String> STEPS =
      Stream.of(Step.class.getPermittedSubclasses())
          .map(kind -> kind.getAnnotation(JsonTypeName.class).value())
          .sorted()
          .toList();

  private static final String HEAD = "name: x\nsystem: lab\n";

  @TempDir private Path directory;

  @Test
  void allErrorsComeAtOnceInTheOrderOfTheText() {
    assertThat(
            errors(
                """
                name: BAD
                system: lab
                maxImpact: 3
                steps:
                  - step: start-load
                    rate: many
                    limt: 30s
                  - step: inject
                    fault: {mechanism: process-tree, mode: kil}
                    target: primary
                    lease: 5
                    during:
                      - step: dettect
                """))
        .containsExactly(
            "x.yaml:1:7: name: use lower-case letters, digits and dashes, at most 63",
            "x.yaml:3:1: maxImpact: there is no field \"maxImpact\"; there are: name, title,"
                + " hypothesis, system, environment, objectives, maxDuration, steps, expect, variables",
            "x.yaml:6:11: steps[1].rate: must be a whole number, but is the text \"many\"",
            "x.yaml:7:5: steps[1].limt: there is no field \"limt\"; did you mean \"limit\"? there"
                + " are: step, name, limit, verify, rate, services",
            "x.yaml:9:44: steps[2].fault.mode: must be kill or freeze, but is the text \"kil\"; did"
                + " you mean \"kill\"?",
            "x.yaml:11:12: steps[2].lease: must be a duration, a whole number and a unit such as"
                + " 250ms, 10s, 5m or 1h, but is the number 5",
            "x.yaml:13:15: steps[2].during[1].step: there is no step \"dettect\"; did you mean"
                + " \"detect\"? there are: "
                + String.join(", ", STEPS));
  }

  @Test
  void whatTheRulesSayHasItsPlaceToo() {
    assertThat(
            errors(
                HEAD
                    + """
                    maxDuration: 1m
                    steps:
                      - step: inject
                        fault: {mechanism: process-tree, mode: kill}
                        target: primary
                        lease: 3m
                        during:
                          - {step: fence, limit: 2m}
                      - step: start-load
                    """))
        .containsExactly(
            "x.yaml:5:5: steps[1].limit: limit must be more than 0 and at most maxDuration",
            "x.yaml:5:11: steps[1].step: no load runs yet, so that nothing is measured; put it"
                + " after start-load, which is step 2",
            "x.yaml:8:12: steps[1].lease: lease must be at least 1s and at most the step's limit",
            "x.yaml:10:30: steps[1].during[1].limit: limit must be more than 0 and at most"
                + " maxDuration");
  }

  @Test
  void numbersThatMeanNothingAreRefusedBeforeAnythingRuns() {
    assertThat(
            errors(
                HEAD
                    + """
                    steps:
                      - {step: start-load, rate: 0}
                      - {step: detect, probe: {probe: tcp, name: a, endpoint: b}, failures: -1}
                    """))
        .containsExactly(
            "x.yaml:4:30: steps[1].rate: rate must be from 1 to 5000",
            "x.yaml:5:73: steps[2].failures: failures must be at least 1");
  }

  @Test
  void aWatchThatWatchesNothingIsRefused() {
    assertThat(
            errors(
                HEAD
                    + """
                    steps:
                      - {step: watch, probes: [], duration: 0s, interval: 1s, failures: 0}
                      - step: watch
                        duration: 2m
                        limit: 1m
                        probes: [{probe: tcp, name: it answers, endpoint: service-1}]
                    """))
        .containsExactly(
            "x.yaml:4:27: steps[1].probes: probes must name at least one",
            "x.yaml:4:41: steps[1].duration: duration must be more than 0 and at most the step's"
                + " limit",
            "x.yaml:4:55: steps[1].interval: interval must be from 10ms to 200ms",
            "x.yaml:4:69: steps[1].failures: failures must be at least 1",
            "x.yaml:6:15: steps[2].duration: duration must be more than 0 and at most the step's"
                + " limit");
  }

  @Test
  void aRuleIsNotAskedAboutWhatStandsBesideAnError() {
    assertThat(errors(HEAD + "maxDuration: 1 m\nsteps: [{step: fence, limit: 10m}]"))
        .containsExactly(
            "x.yaml:3:14: maxDuration: must be a duration, a whole number and a unit such as 250ms,"
                + " 10s, 5m or 1h, but is the text \"1 m\"");
    assertThat(
            errors(
                HEAD
                    + """
                    steps:
                      - {step: fence, limit: 1x}
                      - {step: fence, limit: 10m}
                    """))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("x.yaml:5:26: steps[2].limit: limit must be");
  }

  @Test
  void whatIsMissingIsNamedWhereItShouldBe() {
    assertThat(errors("title: nothing else\n"))
        .containsExactly(
            "x.yaml:1:1: name: is missing: give a text",
            "x.yaml:1:1: system: is missing: give a text",
            "x.yaml:1:1: steps: is missing: give a list");
    assertThat(errors(HEAD + "steps:\n  - name: y\n  - {step: detect, probe: {probe: tcp}}\n"))
        .containsExactly(
            "x.yaml:4:5: steps[1].step: is missing: give one of " + String.join(", ", STEPS),
            "x.yaml:5:27: steps[2].probe.name: is missing: give a text",
            "x.yaml:5:27: steps[2].probe.endpoint: is missing: give a text");
  }

  @Test
  void wrongTypesAreToldAsWhatTheyAre() {
    assertThat(errors(HEAD + "title: 7\nobjectives: [5s]\nsteps: {step: fence}\n"))
        .containsExactly(
            "x.yaml:3:8: title: must be a text, but is the number 7: put it in quotes, \"7\"",
            "x.yaml:4:13: objectives: must be a mapping with rto, rpo, but is a list",
            "x.yaml:5:8: steps: must be a list, but is a mapping");
    assertThat(errors(HEAD + "title:\nsteps: [5, {step: 7}, {step: start-load, rate: 1e3}]"))
        .containsExactly(
            "x.yaml:3:7: title: must be a text, but is empty",
            "x.yaml:4:9: steps[1]: must be a mapping with \"step\" and what belongs to it, but is"
                + " the number 5",
            "x.yaml:4:19: steps[2].step: must be "
                + String.join(", ", STEPS.subList(0, STEPS.size() - 1))
                + " or "
                + STEPS.get(STEPS.size() - 1)
                + ", but is the number 7",
            "x.yaml:4:48: steps[3].rate: must be a whole number, but is the number 1e3");
    assertThat(errors("just words")).singleElement().asString().contains("must be a mapping with");
  }

  @Test
  void whatYamlAllowsAndAPlanDoesNotIsRefused() {
    assertThat(errors(HEAD + "name: y\nsteps: [{step: fence}]\n"))
        .containsExactly("x.yaml:3:1: name: is there already, in line 1: leave one out");
    assertThat(errors(HEAD + "steps: &all [{step: fence, limit: &l 5s}, {step: fence, limit: *l}]"))
        .containsExactly(
            "x.yaml:3:8: steps: anchors are not allowed in a plan: leave it out",
            "x.yaml:3:35: steps[1].limit: anchors are not allowed in a plan: leave it out",
            "x.yaml:3:64: steps[2].limit: aliases are not allowed in a plan: write it out");
    assertThat(errors(HEAD + "title: !!binary aGk=\nsteps: [{step: fence}]\n"))
        .containsExactly(
            "x.yaml:3:8: title: tags such as \"tag:yaml.org,2002:binary\" are not allowed");
    assertThat(errors(HEAD + "steps: [{step: fence}]\n---\nname: y\n"))
        .containsExactly("x.yaml:4:1: a second document begins: put each plan into its own file");
    assertThat(errors(HEAD + "? [a]\n: 5\nsteps: [{step: fence}]\n"))
        .containsExactly("x.yaml:3:3: the name of a field must be a text, but is a list");
  }

  @Test
  void whatIsNoYamlIsToldWithItsPlace() {
    assertThat(errors(HEAD + "steps:\n\t- step: fence\n"))
        .containsExactly("x.yaml:4:1: there is a tab: YAML is indented with blanks");
    assertThat(errors(HEAD + "steps: [{step: fence}\n"))
        .singleElement()
        .asString()
        .startsWith("x.yaml:4:1: this is not YAML: while parsing a flow sequence, expected ','");
    assertThat(errors(HEAD + "title: a\u0007b\n"))
        .containsExactly(
            "x.yaml:3:9: the character U+0007 cannot stand in YAML: a plan is plain text");
    for (String nothing : List.of("", "# only words\n", "---\n", "null\n")) {
      assertThat(errors(nothing)).containsExactly("x.yaml:1:1: the plan is empty");
    }
  }

  @Test
  void nestingAnchorsAndRepetitionCostNothing() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int level = 1; level < 40; level++) {
      String below = "*a" + (level - 1);
      laughs.append("a" + level + ": &a" + level + " [" + (below + ", ").repeat(9) + below + "]\n");
    }
    long begun = System.nanoTime();

    assertThat(errors(laughs.toString())).hasSizeGreaterThan(50);
    assertThat(errors("steps: " + "[".repeat(900_000)))
        .containsExactly("x.yaml:1:58: this is not YAML: nested deeper than 50");
    assertThat(errors("x: 1\n".repeat(200_000))).hasSize(51).last().asString().contains("more");
    assertThat(errors("rate: " + "9".repeat(1_000_000))).isNotEmpty();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    assertRefused(
        Files.write(
            directory.resolve("latin.yaml"), "name: é".getBytes(StandardCharsets.ISO_8859_1)),
        ":1:7: this is not UTF-8 text");
    byte[] garbage = {'n', 'a', '\n', 0x7f, 'E', 'L', 'F', 0, 1, 2};
    assertRefused(
        Files.write(directory.resolve("elf.yaml"), garbage), ":2:5: the character U+0000");
    assertRefused(directory, "is a directory: name a file");
    assertRefused(directory.resolve("nothing.yaml"), "there is no file ");
    assertRefused(Path.of("/proc/self/mem"), "cannot be read: ");
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws IOException {
    Path large = directory.resolve("large.yaml");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(50L << 20);
    }
    assertRefused(large, "is larger than 1 MB");
    assertRefused(Path.of("/dev/zero"), "is larger than 1 MB");
  }

  @Test
  void aFileWithoutPermissionSaysSo() throws IOException {
    Path secret = Files.createFile(directory.resolve("secret.yaml"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    // Root may read whatever it wants, and finds nothing in it.
    assertRefused(secret, Files.isReadable(secret) ? "is empty" : "no permission to read");
  }

  @Test
  void aMarkOfByteOrderIsNoPartOfAPlan() throws IOException {
    Path file = directory.resolve("bom.yaml");
    Files.writeString(file, "\ufeff" + HEAD + "steps: [{step: fence}]\n");

    assertThat(PlanFiles.read(file, Map.of()).name()).isEqualTo("x");
  }

  private static void assertRefused(Path file, String what) {
    assertThatThrownBy(() -> PlanFiles.read(file, Map.of()))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(what);
  }

  private static List<String> errors(String text) {
    PlanException wrong =
        catchThrowableOfType(PlanException.class, () -> PlanFiles.parse(text, "x.yaml"));
    assertThat(wrong).as(text.length() < 500 ? text : "a long text").isNotNull();
    return wrong.lines();
  }
}
