package dev.drillmaster.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.wire.Wire;

/** Routes of drill proxies: see {@link RouteTarget}. */
final class RouteTargetKind implements TargetKind {

  @Override
  public String name() {
    return "route";
  }

  @Override
  public Target load(String target, JsonNode definition) {
    try {
      return new RouteTarget(
          target, Wire.json().treeToValue(definition, RouteTarget.Definition.class));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong.getOriginalMessage(), wrong);
    }
  }
}
