package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillReport.Rpo;
import dev.drillmaster.drill.DrillReport.Rto;
import dev.drillmaster.drill.Measurement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was to be achieved beside what was measured. */
final class ObjectivesSection {

  private ObjectivesSection() {}

  static Html of(DrillReport report) {
    Rto rto = report.rto();
    Rpo rpo = report.rpo();
    return Section.of(
        "Objectives and measurements",
        tag(
                "div",
                rto == null ? notMeasured("RTO", "time without service") : rto(report, rto),
                rpo == null ? notMeasured("RPO", "what was lost") : rpo(report, rpo))
            .as("pair"),
        load(report.measurement()));
  }

  private static Html notMeasured(String name, String what) {
    return tag("div", head(name, what, Marker.OPEN.saying("not measured"))).as("card");
  }

  private static Html rto(DrillReport report, Rto rto) {
    ObjectiveState state = ObjectiveState.of(report, rto);
    List<Html> rows = new ArrayList<>();
    Long millis = rto.millis();
    Long objective = rto.objectiveMillis();
    rows.add(
        row(
            "Without service",
            millis == null ? "did not come back while measured" : millis + " ms"));
    rows.add(row("May be wrong by", rto.errorMillis() + " ms"));
    rows.add(row("Objective", objective == null ? "none" : "at most " + objective + " ms"));
    Html bar =
        millis == null
            ? text("")
            : ObjectiveBar.of(state, millis, (double) rto.errorMillis(), objective, " ms");
    return card("RTO", "time without service", state, bar, rows);
  }

  private static Html rpo(DrillReport report, Rpo rpo) {
    ObjectiveState state = ObjectiveState.of(report, rpo);
    Double objective = rpo.objectiveSeconds();
    List<Html> rows = new ArrayList<>();
    rows.add(row("Acknowledged and lost", transactions(rpo.transactions())));
    rows.add(row("Age of the oldest lost", Figures.decimals(rpo.seconds()) + " s"));
    rows.add(row("Log that was not carried over", Figures.bytes(rpo.bytes())));
    rows.add(row("Objective", objective == null ? "none" : objective(objective)));
    Html bar = ObjectiveBar.of(state, rpo.seconds(), 0, objective, " s");
    return card("RPO", "what was lost", state, bar, rows);
  }

  private static String objective(double seconds) {
    return seconds == 0
        ? "nothing may be lost"
        : "nothing older than " + Figures.decimals(seconds) + " s";
  }

  private static String transactions(long count) {
    return Figures.counted(count, "transaction", "transactions");
  }

  private static Html card(
      String name, String what, ObjectiveState state, Html bar, List<Html> rows) {
    return tag(
            "div",
            head(name, what, Marker.of(state).saying(state.text())),
            bar,
            tag("table", tag("tbody", Html.of(rows))).as("figures"))
        .as("card");
  }

  private static Html head(String name, String what, Html state) {
    return tag("p", tag("b", name), tag("span", what).as("quiet"), state).as("cardhead");
  }

  private static Html row(String name, String value) {
    return tag("tr", tag("th", name).with("scope", "row"), tag("td", value));
  }

  private static Html load(@Nullable Measurement measured) {
    if (measured == null) {
      return Section.quiet("No load was measured.");
    }
    Long gap = measured.failBackGapMillis();
    return Section.facts(
        Section.fact("Sent", transactions(measured.attempts())),
        Section.fact("Acknowledged", Long.toString(measured.acknowledged())),
        Section.fact("Unanswered, but committed", Long.toString(measured.recoveredTransactions())),
        Section.fact("Rows that nobody sent", Long.toString(measured.unexpectedRows())),
        Section.fact("Rows that are there twice", Long.toString(measured.duplicateRows())),
        gap == null
            ? text("")
            : Section.fact("Without writes in the planned fail back", gap + " ms"));
  }
}
