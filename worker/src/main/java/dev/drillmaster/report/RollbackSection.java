package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillReport.CompensationLine;

/** What was put right after the steps, in the order in which it was done. */
final class RollbackSection {

  private RollbackSection() {}

  static Html of(DrillReport report) {
    if (report.compensations().isEmpty()) {
      return Section.of("Rollback", Section.quiet("Nothing had to be looked at."));
    }
    return Section.of(
        "Rollback",
        tag(
                "ul",
                Html.of(
                    report.compensations().stream().map(RollbackSection::compensation).toList()))
            .as("criteria"));
  }

  private static Html compensation(CompensationLine line) {
    return tag(
        "li",
        Marker.of(line.state()).saying(word(line.state())),
        tag("span", tag("b", line.kind()), text(" of step " + line.path() + ": " + line.detail())));
  }

  private static String word(CompensationReport.State state) {
    return switch (state) {
      case DONE -> "done";
      case NOT_NEEDED -> "not needed";
      case FAILED -> "FAILED";
    };
  }
}
