package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.drill.DrillReport.InjectionLine;
import java.time.Duration;
import java.time.Instant;

/** Every fault: what it was, how long it could have lived at most, and how it was healed. */
final class FaultsSection {

  private final RunView run;

  private FaultsSection(RunView run) {
    this.run = run;
  }

  static Html of(RunView run) {
    if (run.report().injections().isEmpty()) {
      return Section.of("Faults", Section.quiet("None was injected."));
    }
    FaultsSection section = new FaultsSection(run);
    return Section.of(
        "Faults",
        tag("ul", Html.of(run.report().injections().stream().map(section::fault).toList()))
            .as("cards"));
  }

  private Html fault(InjectionLine fault) {
    Marker marker = fault.healVerified() ? Marker.GOOD : Marker.BAD;
    String state = fault.healVerified() ? "healed, verified" : "NOT KNOWN TO BE HEALED";
    return tag(
            "li",
            tag(
                    "p",
                    tag("b", fault.faultType() + " on " + fault.target()),
                    tag("span", fault.mechanism()).as("quiet"),
                    marker.saying(state))
                .as("cardhead"),
            facts(fault),
            fault.healVerified() ? text("") : advice())
        .as("card " + marker.styleClass());
  }

  private Html facts(InjectionLine fault) {
    return Section.facts(
        Section.fact("Seen in force", run.time(fault.injectedAt(), "never")),
        Section.fact("Healing began", run.time(fault.healStartedAt(), "not known")),
        Section.fact("Seen to be gone", gone(fault)),
        Section.fact("Held", held(fault)),
        Section.fact("Could outlive everything by", atMost(fault.boundSeconds())),
        Section.fact("Lease", Figures.decimals(fault.leaseSeconds()) + " s"),
        Section.fact("Healed by", fault.healedBy().isEmpty() ? "nobody" : fault.healedBy()),
        Section.fact("Seen after healing", fault.seen()),
        Section.fact("Injection", fault.id().toString()));
  }

  private String gone(InjectionLine fault) {
    return fault.healVerified() ? run.time(fault.healedAt(), "not known") : "never";
  }

  private static String atMost(double seconds) {
    return "at most " + Figures.decimals(seconds) + " s, stated before it was injected";
  }

  private static String held(InjectionLine fault) {
    Instant from = fault.injectedAt();
    Instant to = fault.healedAt();
    return from == null || to == null || !fault.healVerified()
        ? "not known"
        : Figures.seconds(Duration.between(from, to).toMillis());
  }

  private static Html advice() {
    return tag(
        "p", tag("b", "What to do: "), text("run \"./drillmaster heal\", then look at the target"));
  }
}
