package dev.drillmaster.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.control.ControlServer.Refused;

/**
 * What a caller of a control port sent.
 *
 * @param name what the path has in place of {@code {name}}, or empty
 * @param body the JSON body; an empty object if there was none
 */
public record ControlRequest(String name, JsonNode body) {

  /** The body as a record. Answers 400 if it is not one. */
  public <T> T as(Class<T> type) throws Refused {
    try {
      return ControlServer.JSON.treeToValue(body, type);
    } catch (JsonProcessingException | IllegalArgumentException malformed) {
      throw new Refused(
          400, "the body is not a " + type.getSimpleName() + ": " + malformed.getMessage());
    }
  }
}
