package dev.drillmaster.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.PlanRules;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The plans that ship, read from YAML. */
public final class PlanFiles {

  /** The names of the plans that ship. */
  public static final List<String> SHIPPED =
      List.of(
          "postgres-failover",
          "postgres-failover-frozen",
          "postgres-failover-sync",
          "postgres-failover-lag",
          "postgres-failover-weak");

  // An unknown field in a plan is an error: it may be a safety limit that this version does not
  // know.
  private static final ObjectReader YAML =
      Wire.configure(
              YAMLMapper.builder(
                  YAMLFactory.builder().enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL).build()))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(DrillPlan.class);

  private PlanFiles() {}

  /**
   * A plan that ships.
   *
   * @throws PlanException if there is none of that name
   */
  public static DrillPlan shipped(String name) {
    if (!SHIPPED.contains(name)) {
      throw new PlanException(
          "there is no plan \"" + name + "\"; there are: " + String.join(", ", SHIPPED));
    }
    return parse(text(name), name);
  }

  /** The YAML of a plan that ships. */
  public static String text(String name) {
    try (InputStream plan = PlanFiles.class.getResourceAsStream("/plans/" + name + ".yaml")) {
      if (plan == null) {
        throw new IllegalStateException("plan " + name + " is not in the program");
      }
      return new String(plan.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Reads a plan and asks the rules.
   *
   * @param source what the text is called in messages
   * @throws PlanException with all that is wrong
   */
  public static DrillPlan parse(String yaml, String source) {
    DrillPlan plan;
    try {
      plan = YAML.readValue(yaml);
    } catch (JsonProcessingException wrong) {
      throw new PlanException(place(wrong, source) + ": " + reason(wrong));
    }
    if (plan == null) {
      throw new PlanException(source + ": the plan is empty");
    }
    List<String> problems = PlanRules.problems(plan);
    if (!problems.isEmpty()) {
      throw new PlanException(source + ":\n  " + String.join("\n  ", problems));
    }
    return plan;
  }

  /**
   * Records are read whole before they are made, so that a wrong field is known by its path and not
   * by its line.
   */
  private static String place(JsonProcessingException wrong, String source) {
    if (wrong instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      StringBuilder path = new StringBuilder();
      for (JsonMappingException.Reference part : mapping.getPath()) {
        path.append(
            part.getFieldName() == null
                ? "[" + (part.getIndex() + 1) + "]"
                : "." + part.getFieldName());
      }
      return source + ": " + path.substring(path.charAt(0) == '.' ? 1 : 0);
    }
    return wrong.getLocation() == null ? source : source + ":" + wrong.getLocation().getLineNr();
  }

  private static String reason(JsonProcessingException wrong) {
    if (wrong instanceof UnrecognizedPropertyException unknown) {
      return "there is no such field here; there are: " + unknown.getKnownPropertyIds();
    }
    return wrong.getOriginalMessage();
  }
}
