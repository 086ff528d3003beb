package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.ledger.RunFigures;
import dev.drillmaster.verdict.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** All runs of a ledger on one page, and how the figures of each plan went. */
public final class IndexPage {

  private final Map<UUID, String> files;
  private final ZoneId zone;

  private IndexPage(Map<UUID, String> files, ZoneId zone) {
    this.files = files;
    this.zone = zone;
  }

  /**
   * The page.
   *
   * @param runs the newest first
   * @param files the report of each run that has one, as a file beside this page
   * @param zone for the instants that are shown
   */
  public static String of(
      List<RunFigures> runs, Map<UUID, String> files, Instant now, ZoneId zone) {
    IndexPage page = new IndexPage(files, zone);
    return Page.of(
        "Drill reports",
        tag(
            "header",
            tag("p", "Drillmaster").as("eyebrow"),
            tag("h1", "Drill reports"),
            tag("p", summary(runs) + "; as of " + Figures.day(now, zone)).as("quiet")),
        Section.of("Trends", trends(runs)),
        Section.of("Runs", page.runs(runs)));
  }

  private static String summary(List<RunFigures> runs) {
    Map<Verdict, Long> count =
        runs.stream()
            .filter(run -> run.verdict() != null)
            .collect(Collectors.groupingBy(RunFigures::verdict, Collectors.counting()));
    return Figures.counted(runs.size(), "run", "runs")
        + ": "
        + count.getOrDefault(Verdict.PASSED, 0L)
        + " passed, "
        + count.getOrDefault(Verdict.INCONCLUSIVE, 0L)
        + " inconclusive, "
        + count.getOrDefault(Verdict.FAILED, 0L)
        + " failed";
  }

  private static Html trends(List<RunFigures> runs) {
    Map<String, List<RunFigures>> plans = new LinkedHashMap<>();
    for (RunFigures run : runs) {
      if (run.verdict() != null) {
        plans.computeIfAbsent(run.plan(), plan -> new ArrayList<>()).add(run);
      }
    }
    if (plans.isEmpty()) {
      return Section.quiet("No run is over yet.");
    }
    List<Html> cards = new ArrayList<>();
    plans.forEach(
        (plan, newestFirst) -> {
          List<RunFigures> oldestFirst = new ArrayList<>(newestFirst);
          Collections.reverse(oldestFirst);
          cards.add(PlanTrend.of(plan, oldestFirst));
        });
    return Html.of(legend(), tag("div", Html.of(cards)).as("trends"));
  }

  private static Html legend() {
    return tag(
            "p",
            TrendPlot.key(Marker.GOOD, "passed"),
            TrendPlot.key(Marker.OPEN, "inconclusive"),
            TrendPlot.key(Marker.BAD, "failed"),
            tag("span", "hollow: no figure"))
        .as("legend");
  }

  private Html runs(List<RunFigures> runs) {
    if (runs.isEmpty()) {
      return Section.quiet("There is none: make one with \"./drillmaster run PLAN\".");
    }
    List<Html> heads = new ArrayList<>();
    for (String head : List.of("Began", "Plan", "Verdict", "RTO", "RPO", "Took")) {
      heads.add(tag("th", head).with("scope", "col"));
    }
    return tag(
            "table",
            tag("thead", tag("tr", Html.of(heads))),
            tag("tbody", Html.of(runs.stream().map(this::run).toList())))
        .as("runs");
  }

  private Html run(RunFigures run) {
    String began = Figures.day(run.startedAt(), zone);
    String file = files.get(run.runId());
    return tag(
        "tr",
        cell("Began", file == null ? text(began) : tag("a", began).with("href", file)),
        cell("Plan", Html.of(tag("b", run.plan()), tag("span", run.run()).as("quiet name"))),
        cell("Verdict", verdict(run)),
        cell("RTO", text(rto(run))),
        cell("RPO", text(rpo(run))),
        cell("Took", text(took(run))));
  }

  private static Html cell(String name, Html content) {
    return tag("td", content).with("data-name", name);
  }

  private static Html verdict(RunFigures run) {
    return run.verdict() == null || run.outcome() == null
        ? Marker.NONE.saying("going on")
        : Marker.of(run.verdict()).saying(run.verdict() + ", " + run.outcome().text());
  }

  private static String rto(RunFigures run) {
    if (run.rtoMillis() == null) {
      return run.rtoErrorMillis() == null ? "not measured" : "did not come back";
    }
    return run.rtoMillis() + " ms ± " + run.rtoErrorMillis() + " ms";
  }

  private static String rpo(RunFigures run) {
    if (run.rpoTransactions() == null || run.rpoSeconds() == null) {
      return "not measured";
    }
    return run.rpoTransactions() == 0
        ? "nothing lost"
        : run.rpoTransactions() + " lost, " + Figures.decimals(run.rpoSeconds()) + " s";
  }

  private static String took(RunFigures run) {
    return run.endedAt() == null ? "" : Figures.seconds(run.startedAt(), run.endedAt());
  }
}
