package dev.drillmaster.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.wire.Wire;

/** Proxies of Toxiproxy: see {@link ToxiproxyTarget}. */
final class ToxiproxyTargetKind implements TargetKind {

  @Override
  public String name() {
    return "toxiproxy";
  }

  @Override
  public Target load(String target, JsonNode definition) {
    try {
      return new ToxiproxyTarget(
          target, Wire.json().treeToValue(definition, ToxiproxyTarget.Definition.class));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong.getOriginalMessage(), wrong);
    }
  }
}
