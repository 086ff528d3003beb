package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.verdict.Finding;
import java.util.Locale;

/** What somebody should act on, and how. */
final class FindingsSection {

  private FindingsSection() {}

  static Html of(DrillReport report) {
    if (report.findings().isEmpty()) {
      return Section.of("Findings", Section.quiet("None."));
    }
    return Section.of(
        "Findings",
        tag("ul", Html.of(report.findings().stream().map(FindingsSection::finding).toList()))
            .as("cards"));
  }

  private static Html finding(Finding finding) {
    Marker marker = Marker.of(finding.verdict());
    return tag(
            "li",
            tag("p", marker.saying(finding.code()), tag("span", weight(finding)).as("quiet"))
                .as("cardhead"),
            tag("p", finding.summary()),
            tag("p", tag("b", "What to do: "), text(finding.remedy())))
        .as("card " + marker.styleClass());
  }

  private static String weight(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT) + "; at best " + finding.verdict();
  }
}
