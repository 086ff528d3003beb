package dev.drillmaster.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.wire.Wire;

/** Services that a command starts: see {@link CommandTarget}. */
final class CommandTargetKind implements TargetKind {

  @Override
  public String name() {
    return "command";
  }

  @Override
  public Target load(String target, JsonNode definition) {
    try {
      return new CommandTarget(
          target, Wire.json().treeToValue(definition, CommandDefinition.class));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong.getOriginalMessage(), wrong);
    }
  }
}
