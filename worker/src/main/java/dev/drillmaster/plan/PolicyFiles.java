package dev.drillmaster.plan;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.drillmaster.policy.HostPolicy;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Policies of agents as files: read as plans are, without variables. */
public final class PolicyFiles {

  private static final ObjectReader POLICY =
      Wire.json()
          .readerFor(HostPolicy.class)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private PolicyFiles() {}

  /**
   * A policy from a file.
   *
   * @throws PlanException with all that is wrong
   */
  public static HostPolicy read(Path file) {
    return parse(PlanSource.read(file), file.toString());
  }

  /**
   * Reads a policy.
   *
   * @param source what the text is called in messages
   * @throws PlanException with all that is wrong
   */
  public static HostPolicy parse(String yaml, String source) {
    Problems problems = new Problems("policy");
    Tree tree = YamlText.read(yaml, problems);
    HostPolicy policy = tree == null ? null : policy(tree, problems);
    if (policy == null || !problems.inOrder().isEmpty()) {
      throw PlanException.of(source, problems.inOrder());
    }
    return policy;
  }

  private static @Nullable HostPolicy policy(Tree tree, Problems problems) {
    if (tree instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.NOTHING) {
      problems.add(Place.START, "", "the policy is empty");
      return null;
    }
    JsonNode json = PolicyShape.FILE.read(tree, "", problems);
    if (json == null || !problems.inOrder().isEmpty()) {
      return null;
    }
    try {
      return POLICY.readValue(json);
    } catch (JsonMappingException wrong) {
      // A record refuses its values in its constructor.
      String path = Tree.path(wrong);
      Throwable cause = wrong.getCause() == null ? wrong : wrong.getCause();
      problems.add(Tree.nearest(tree, path), path, String.valueOf(cause.getMessage()));
      return null;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
