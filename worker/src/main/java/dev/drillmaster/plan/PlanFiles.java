package dev.drillmaster.plan;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.PlanRules;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans as files: those that ship, and those that an engineer writes. A file is read into a tree
 * that keeps places, its variables are put in, then it is held against the shapes of our records,
 * and what comes out is asked for by the rules; the errors of all of that come at once.
 */
public final class PlanFiles {

  /** The names of the plans that ship. */
  public static final List<String> SHIPPED =
      List.of(
          "postgres-failover",
          "postgres-failover-frozen",
          "postgres-failover-sync",
          "postgres-failover-lag",
          "postgres-failover-weak",
          "database-cut",
          "database-cut-weak",
          "database-late",
          "database-late-weak",
          "connections-taken",
          "connections-taken-weak",
          "sessions-ended",
          "standby-stale",
          "standby-stale-weak",
          "cascade",
          "cascade-weak",
          "peer-lies",
          "peer-lies-weak",
          "peer-two-faced",
          "peer-two-faced-weak");

  // The shapes refuse unknown fields already, with their places; this is for a shape that is wrong.
  private static final ObjectReader PLAN =
      Wire.json()
          .readerFor(DrillPlan.class)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private PlanFiles() {}

  /**
   * A plan that ships.
   *
   * @throws PlanException if there is none of that name
   */
  public static DrillPlan shipped(String name) {
    return shipped(name, Map.of());
  }

  private static DrillPlan shipped(String name, Map<String, String> set) {
    if (!SHIPPED.contains(name)) {
      throw new PlanException(
          Wording.unknown("plan", name, SHIPPED)
              + "; a file is named with a / or by its end, .yaml");
    }
    return parse(text(name), name, set);
  }

  /**
   * The plan that a command line names: a file if the name has a slash or ends as YAML does, else a
   * plan that ships.
   *
   * @param set values of its variables, by name
   * @throws PlanException with all that is wrong
   */
  public static DrillPlan find(String name, Map<String, String> set) {
    if (!name.contains("/") && !isYaml(name)) {
      return shipped(name, set);
    }
    try {
      return read(Path.of(name), set);
    } catch (InvalidPathException wrong) {
      throw new PlanException("the name of a file cannot be " + Wording.quoted(name));
    }
  }

  /** Whether a file is called as plans are. */
  static boolean isYaml(String name) {
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /**
   * A plan from a file.
   *
   * @param set values of its variables, by name
   * @throws PlanException with all that is wrong
   */
  public static DrillPlan read(Path file, Map<String, String> set) {
    return parse(PlanSource.read(file), file.toString(), set);
  }

  /** The JSON Schema of a plan. */
  public static String schema() {
    return resource("plan.schema.json");
  }

  /** The YAML of a plan that ships. */
  public static String text(String name) {
    return resource(name + ".yaml");
  }

  private static String resource(String name) {
    try (InputStream plan = PlanFiles.class.getResourceAsStream("/plans/" + name)) {
      if (plan == null) {
        throw new IllegalStateException("plan " + name + " is not in the program");
      }
      return new String(plan.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Reads a plan whose variables, if it has any, have values of their own. */
  public static DrillPlan parse(String yaml, String source) {
    return parse(yaml, source, Map.of());
  }

  /**
   * Reads a plan and asks the rules.
   *
   * @param source what the text is called in messages
   * @param set values of its variables, by name
   * @throws PlanException with all that is wrong
   */
  public static DrillPlan parse(String yaml, String source, Map<String, String> set) {
    return parse(yaml, source, declared -> set);
  }

  /**
   * The same.
   *
   * @param values the values for a plan that declares these variables
   */
  static DrillPlan parse(
      String yaml, String source, Function<Set<String>, Map<String, String>> values) {
    Problems problems = new Problems("plan");
    Tree tree = YamlText.read(yaml, problems);
    DrillPlan plan =
        tree == null ? null : plan(tree, values.apply(Variables.declaredIn(tree)), problems);
    if (plan == null || !problems.inOrder().isEmpty()) {
      throw PlanException.of(source, problems.inOrder());
    }
    return plan;
  }

  private static @Nullable DrillPlan plan(Tree tree, Map<String, String> set, Problems problems) {
    if (tree instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.NOTHING) {
      problems.add(Place.START, "", "the plan is empty");
      return null;
    }
    Tree resolved = Variables.resolved(tree, set, problems);
    if (!(PlanShape.FILE.read(resolved, "", problems) instanceof ObjectNode json)) {
      return null;
    }
    json.remove(Variables.FIELD);
    if (!problems.whole()) {
      // Of what is left, the single values at the top still say what the text says.
      json.retain(
          json.properties().stream()
              .filter(each -> each.getValue().isValueNode())
              .map(Map.Entry::getKey)
              .toList());
    }
    return ruled(json, tree, problems);
  }

  private static @Nullable DrillPlan ruled(ObjectNode json, Tree tree, Problems problems) {
    DrillPlan plan;
    try {
      plan = PLAN.readValue(json);
    } catch (JsonMappingException wrong) {
      // A record refuses its values in its constructor.
      String path = Tree.path(wrong);
      problems.add(Tree.nearest(tree, path), path, wrong.getOriginalMessage());
      return null;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    PlanRules.problems(plan).stream()
        .filter(rule -> problems.whole() || json.has(rule.path()))
        .filter(problems::isSound)
        .toList()
        .forEach(rule -> problems.add(Tree.nearest(tree, rule.path()), rule.path(), rule.what()));
    return plan;
  }
}
