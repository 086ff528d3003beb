package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Resilience;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How well the system stood the faults, and what that was made of. */
final class ResilienceSection {

  private ResilienceSection() {}

  static Html of(DrillReport report) {
    Optional<Resilience> score = Resilience.of(report);
    return score.isEmpty()
        ? Section.of("Resilience", Section.quiet("No fault was in force: there is no score."))
        : Section.of(
            "Resilience",
            tag("p", tag("b", score.get().described())),
            tag("ul", Html.of(score.get().parts().stream().map(ResilienceSection::part).toList()))
                .as("criteria"));
  }

  private static Html part(Resilience.Part part) {
    Double value = part.value();
    return tag(
        "li",
        marker(value).saying(value == null ? "not looked at" : Figures.decimals(value * 100)),
        tag(
            "span",
            tag("b", part.aspect().text()),
            text(", up to " + part.weight() * 10 + " of 100")));
  }

  private static Marker marker(@Nullable Double value) {
    if (value == null) {
      return Marker.OPEN;
    }
    return value == 1 ? Marker.GOOD : Marker.BAD;
  }
}
