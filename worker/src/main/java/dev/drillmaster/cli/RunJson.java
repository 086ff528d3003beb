package dev.drillmaster.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drillmaster.wire.Wire;

/**
 * What {@code run --json} prints: the report of a run or a campaign as it is in Temporal's history.
 * Keys are never renamed; what was not measured is null.
 */
final class RunJson {

  private RunJson() {}

  /** One JSON object on several lines. */
  static String of(Record report) {
    try {
      return Wire.json().writerWithDefaultPrettyPrinter().writeValueAsString(report);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a report cannot be written as JSON", impossible);
    }
  }
}
