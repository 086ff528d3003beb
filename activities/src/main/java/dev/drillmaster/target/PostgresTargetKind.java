package dev.drillmaster.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.wire.Wire;
import java.io.IOException;

/** PostgreSQL servers of this host: see {@link PostgresTarget}. */
final class PostgresTargetKind implements TargetKind {

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Target load(String target, JsonNode definition) throws IOException {
    try {
      return PostgresTarget.of(
          target, Wire.json().treeToValue(definition, PostgresTarget.Definition.class));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong.getOriginalMessage(), wrong);
    }
  }
}
