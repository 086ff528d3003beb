package dev.drillmaster.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.wire.Wire;

/** Networks of this host: see {@link NetworkTarget}. */
final class NetworkTargetKind implements TargetKind {

  @Override
  public String name() {
    return "network";
  }

  @Override
  public Target load(String target, JsonNode definition) {
    try {
      return new NetworkTarget(
          target, Wire.json().treeToValue(definition, NetworkTarget.Definition.class));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong.getOriginalMessage(), wrong);
    }
  }
}
