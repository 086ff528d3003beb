package dev.drillmaster.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.wire.Wire;

/** This host itself: see {@link HostTarget}. */
final class HostTargetKind implements TargetKind {

  @Override
  public String name() {
    return "host";
  }

  @Override
  public Target load(String target, JsonNode definition) {
    try {
      return new HostTarget(
          target, Wire.json().treeToValue(definition, HostTarget.Definition.class));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong.getOriginalMessage(), wrong);
    }
  }
}
