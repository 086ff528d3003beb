package dev.drillmaster.target;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** One kind of target, such as a database server, and how its definition is read. */
public interface TargetKind {

  /** The value of {@code kind} in the definition. */
  String name();

  /**
   * Reads a definition; looks at nothing else.
   *
   * @param target the target's name
   * @param definition the whole JSON object
   * @throws IllegalArgumentException if the definition is wrong, saying how
   * @throws IOException if such targets cannot be used on this host, saying why
   */
  Target load(String target, JsonNode definition) throws IOException;
}
