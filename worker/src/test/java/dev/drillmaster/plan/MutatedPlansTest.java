package dev.drillmaster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.networknt.schema.Schema;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.PlanRules;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a file holds, it is a plan that may run, or errors with their places. All 10,000 with
 * {@code -Ddrillmaster.mutations=10000}; a failure again with {@code -Ddrillmaster.seed} of the
 * printed seed.
 */
@Tag("pure")
class MutatedPlansTest {

  private static final int MUTATIONS = Integer.getInteger("drillmaster.mutations", 2000);
  private static final long SEED = Long.getLong("drillmaster.seed", new Random().nextLong());
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Schema schema = PlanSchemaTest.published();
  private int plans;
  private int compared;

  @Test
  void eachIsAPlanOrErrorsWithTheirPlaces(@TempDir Path directory) throws IOException {
    System.out.println("mutated plans: " + MUTATIONS + " with seed " + SEED);
    long children = ProcessHandle.current().children().count();
    Mutations mutations = new Mutations(SEED, originals());
    Path file = directory.resolve("plan.yaml");
    for (int number = 1; number <= MUTATIONS; number++) {
      byte[] text = mutations.next();
      Files.write(file, text);
      long begun = System.nanoTime();
      try {
        judge(file, text);
      } catch (RuntimeException | AssertionError wrong) {
        fail("number %d with seed %d:%n%s", number, SEED, shown(text), wrong);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST);
    }
    System.out.println("of them " + plans + " are plans; held against the schema: " + compared);
    assertThat(plans).isBetween(MUTATIONS / 100, MUTATIONS / 2);
    assertThat(compared).isGreaterThan(MUTATIONS / 5);
    assertThat(ProcessHandle.current().children().count()).isEqualTo(children);
  }

  private static List<String> originals() throws IOException {
    List<String> originals = new ArrayList<>();
    PlanFiles.SHIPPED.forEach(name -> originals.add(PlanFiles.text(name)));
    try (InputStream variables =
        MutatedPlansTest.class.getResourceAsStream("/plans/with-variables.yaml")) {
      originals.add(
          new String(Objects.requireNonNull(variables).readAllBytes(), StandardCharsets.UTF_8));
    }
    return originals;
  }

  private void judge(Path file, byte[] text) throws IOException {
    Optional<DrillPlan> plan = Optional.empty();
    try {
      plan = Optional.of(PlanFiles.read(file, Map.of()));
    } catch (PlanException wrong) {
      assertThat(wrong.lines())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).startsWith(file + ":").doesNotContain("Exception"));
      assertThat(wrong.lines().get(0)).matches("(?s)[^:]+:[0-9]+:[0-9]+: .+");
    }
    if (plan.isPresent()) {
      plans++;
      assertThat(PlanRules.problems(plan.get())).isEmpty();
      String json = Wire.json().writeValueAsString(plan.get());
      assertThat(Wire.json().readValue(json, DrillPlan.class)).isEqualTo(plan.get());
    }
    agree(text);
  }

  /** Editors see the schema, the program the shapes: both must think the same of a text. */
  private void agree(byte[] text) {
    String yaml = new String(text, StandardCharsets.UTF_8);
    Problems problems = new Problems("plan");
    Tree tree = YamlText.read(yaml, problems);
    if (tree == null || !problems.inOrder().isEmpty() || yaml.contains("${")) {
      return;
    }
    compared++;
    PlanShape.FILE.read(tree, "", problems);
    assertThat(schema.validate(Trees.json(tree)).isEmpty())
        .as("right by the schema; the shapes say %s", problems.inOrder())
        .isEqualTo(problems.inOrder().isEmpty());
  }

  private static String shown(byte[] text) {
    String all = new String(text, StandardCharsets.UTF_8);
    return all.length() < 5000 ? all : all.substring(0, 5000) + "...";
  }
}
