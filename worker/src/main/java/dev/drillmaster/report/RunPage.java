package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.ledger.ClosedRun;
import java.time.ZoneId;

/** The report of one run, as a page that stands alone. */
public final class RunPage {

  private RunPage() {}

  /**
   * The page.
   *
   * @param zone for the instants that are shown
   * @throws IllegalStateException if this program cannot read what the ledger keeps
   */
  public static String of(ClosedRun kept, ZoneId zone) {
    RunView run = RunView.of(kept, zone);
    DrillReport report = run.report();
    return Page.of(
        report.verdict() + ": " + report.plan() + ", " + Figures.day(report.startedAt(), zone),
        head(run),
        FindingsSection.of(report),
        ObjectivesSection.of(report),
        ResilienceSection.of(report),
        TimelineSection.of(run),
        StepsSection.of(run),
        FaultsSection.of(run),
        RollbackSection.of(report),
        OperatorsSection.of(run),
        MethodSection.of(report),
        PlanSection.of(run));
  }

  private static Html head(RunView run) {
    DrillReport report = run.report();
    String title = run.planText("title");
    boolean titled = !title.isEmpty() && !title.equals(report.plan());
    return tag(
        "header",
        tag("p", "Drill report").as("eyebrow"),
        tag("h1", report.plan()),
        titled ? tag("p", title).as("lead") : text(""),
        verdict(report),
        hypothesis(run.planText("hypothesis")),
        facts(run));
  }

  private static Html verdict(DrillReport report) {
    Marker marker = Marker.of(report.verdict());
    return tag(
            "div",
            marker.shape(),
            tag(
                "div",
                tag("p", tag("strong", report.verdict().toString()), tag("span", ended(report))),
                tag("p", Meaning.of(report.verdict(), report.outcome())).as("meaning")))
        .as("verdict " + marker.styleClass());
  }

  private static String ended(DrillReport report) {
    DrillReport.Expected expected = report.expected();
    if (expected == null) {
      return report.outcome().text();
    }
    return expected.met()
        ? "as the plan expects"
        : report.outcome().text() + ", not as the plan expects: " + expected.described();
  }

  private static Html hypothesis(String hypothesis) {
    return hypothesis.isBlank()
        ? text("")
        : tag("p", tag("b", "To be proved: "), text(hypothesis)).as("hypothesis");
  }

  private static Html facts(RunView run) {
    DrillReport report = run.report();
    return Section.facts(
        Section.fact("Run", report.run()),
        Section.fact("Began", Figures.day(report.startedAt(), run.zone())),
        Section.fact("Took", Figures.seconds(report.startedAt(), report.endedAt())),
        Section.fact("Asked for by", run.kept().requester()),
        Section.fact(
            "System", run.planText("system") + ", environment " + run.kept().environment()));
  }
}
