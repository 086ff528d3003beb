package dev.drillmaster.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.wire.Wire;

/** Network devices of this host: see {@link DeviceTarget}. */
final class DeviceTargetKind implements TargetKind {

  @Override
  public String name() {
    return "device";
  }

  @Override
  public Target load(String target, JsonNode definition) {
    try {
      return new DeviceTarget(
          target, Wire.json().treeToValue(definition, DeviceTarget.Definition.class));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong.getOriginalMessage(), wrong);
    }
  }
}
