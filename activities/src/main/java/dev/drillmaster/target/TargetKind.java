package dev.drillmaster.target;

import com.fasterxml.jackson.databind.JsonNode;

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
   */
  ServiceTarget load(String target, JsonNode definition);
}
