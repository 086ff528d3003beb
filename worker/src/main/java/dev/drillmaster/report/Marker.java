package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;

import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.verdict.Verdict;

/**
 * How something ended, as a word beside a shape in a colour: whoever sees no colours, or prints
 * without them, loses nothing.
 */
enum Marker {
  GOOD("good", "M4.5 8.5 7 11l4.5-6"),
  OPEN("open", "M8 4v5M8 11.2v.6"),
  BAD("bad", "M5 5l6 6M11 5l-6 6"),
  NONE("none", "M5 8h6");

  private final String styleClass;
  private final String path;

  Marker(String styleClass, String path) {
    this.styleClass = styleClass;
    this.path = path;
  }

  static Marker of(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> GOOD;
      case INCONCLUSIVE -> OPEN;
      case FAILED -> BAD;
    };
  }

  static Marker of(ObjectiveState state) {
    return switch (state) {
      case MET -> GOOD;
      case MEASURED -> NONE;
      case UNCERTAIN -> OPEN;
      case MISSED -> BAD;
    };
  }

  static Marker of(StepStatus status) {
    return switch (status) {
      case MET -> GOOD;
      case NOT_MET -> BAD;
      case ERROR, STOPPED -> OPEN;
      case RUNNING -> NONE;
    };
  }

  static Marker of(Criterion.Result result) {
    return switch (result) {
      case MET -> GOOD;
      case NOT_MET -> BAD;
      case UNKNOWN -> OPEN;
    };
  }

  static Marker of(CompensationReport.State state) {
    return switch (state) {
      case DONE -> GOOD;
      case NOT_NEEDED -> NONE;
      case FAILED -> BAD;
    };
  }

  /** The class of the style sheet that gives the colour. */
  String styleClass() {
    return styleClass;
  }

  /** The shape, and the word beside it. */
  Html saying(String word) {
    return tag("span", shape(), tag("span", word)).as("marker " + styleClass);
  }

  /** The shape alone, for where the word stands already. */
  Html shape() {
    return tag("svg", tag("circle").with("cx", 8).with("cy", 8).with("r", 7.2), stroke())
        .as("shape")
        .with("viewBox", "0 0 16 16")
        .with("aria-hidden", "true");
  }

  private Html stroke() {
    return tag("path").with("d", path);
  }
}
