package dev.drillmaster.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Measurement;
import dev.drillmaster.drill.Timeline;
import dev.drillmaster.ledger.ClosedRun;
import dev.drillmaster.wire.Wire;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A run as its page sees it.
 *
 * @param kept what the ledger has of it
 * @param report its report
 * @param plan its plan, as a tree: the plan of another version of the program is shown, too
 * @param zone for the instants that are shown
 */
record RunView(ClosedRun kept, DrillReport report, JsonNode plan, ZoneId zone) {

  /**
   * Reads what the ledger keeps.
   *
   * @throws IllegalStateException if this program cannot read it
   */
  static RunView of(ClosedRun kept, ZoneId zone) {
    try {
      DrillReport report = Wire.json().readValue(kept.report(), DrillReport.class);
      return new RunView(kept, report, Wire.json().readTree(kept.plan()), zone);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException(
          "the ledger holds a report of "
              + kept.run()
              + " that this program cannot read; use the one that wrote it, or a newer one: "
              + unreadable.getOriginalMessage(),
          unreadable);
    }
  }

  /** A text of the plan, or empty if it has none. */
  String planText(String field) {
    return plan.path(field).asText("");
  }

  @Nullable Timeline timeline() {
    Measurement measured = report.measurement();
    return measured == null ? null : measured.timeline();
  }

  /** A time of day to the millisecond, or what to say if there is none. */
  String time(@Nullable Instant instant, String otherwise) {
    return instant == null ? otherwise : Figures.time(instant, zone);
  }
}
