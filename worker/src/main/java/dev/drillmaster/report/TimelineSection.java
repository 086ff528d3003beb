package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.drill.Measurement;
import dev.drillmaster.drill.Timeline;
import java.util.ArrayList;
import java.util.List;

/** What the load saw before, during and after the fault. */
final class TimelineSection {

  private static final String TITLE = "Timeline";

  /** A close look at most of it all would show the same twice. */
  private static final double WORTH_ENLARGING = 0.7;

  private final Timeline timeline;
  private final Moments moments;

  private TimelineSection(Timeline timeline, Moments moments) {
    this.timeline = timeline;
    this.moments = moments;
  }

  static Html of(RunView run) {
    Measurement measured = run.report().measurement();
    Timeline timeline = run.timeline();
    if (measured == null || timeline == null) {
      return Section.of(
          TITLE,
          Section.quiet(
              measured == null
                  ? "There is none: no load was measured."
                  : "There is none: the program that made this run did not keep it."));
    }
    if (timeline.ok().isEmpty()) {
      return Section.of(TITLE, Section.quiet("There is none: the load sent nothing."));
    }
    TimelineSection section = new TimelineSection(timeline, Moments.of(measured, timeline));
    return Section.of(TITLE, section.plots(), section.marks(), section.begin(run));
  }

  private Html plots() {
    Window whole = Window.whole(timeline);
    List<Html> plots = new ArrayList<>();
    plots.add(legend());
    if (moments.base() == null) {
      plots.add(new TimelinePlot(whole, moments, moments.marks(), 0).figure("The whole load"));
      return Html.of(plots);
    }
    Window close = Window.around(timeline, moments.closeFrom(), moments.closeTo());
    boolean enlarged = close.slices() <= WORTH_ENLARGING * whole.slices();
    Window shown = enlarged ? close : whole;
    List<Moments.Mark> near =
        moments.marks().stream().filter(mark -> shown.contains(mark.at())).toList();
    plots.add(new TimelinePlot(shown, moments, near, moments.base()).figure(counted()));
    if (enlarged) {
      List<Moments.Mark> others =
          moments.marks().stream().filter(mark -> !near.contains(mark)).toList();
      plots.add(
          new TimelinePlot(whole, moments, others, 0)
              .enlarging(close)
              .figure("The whole load, in seconds since it began"));
    }
    return Html.of(plots);
  }

  private String counted() {
    return moments.lastSuccess() == null
        ? "Around the fault, in seconds since it was injected"
        : "Around the fault, in seconds since the last success before it was felt";
  }

  private static Html legend() {
    return tag(
            "ul",
            key("ok", "acknowledged"),
            key("failed", "failed or unanswered"),
            key("latency", "latency, p99"),
            key("fault", "fault held"),
            key("outage", "without service"))
        .as("legend");
  }

  private static Html key(String styleClass, String word) {
    return tag("li", tag("span").as("key " + styleClass), text(word));
  }

  private Html marks() {
    if (moments.marks().isEmpty()) {
      return text("");
    }
    Long zero = moments.lastSuccess();
    List<Html> rows = new ArrayList<>();
    for (Moments.Mark mark : moments.marks()) {
      rows.add(
          tag(
              "tr",
              tag("th", mark.name()).with("scope", "row"),
              tag("td", zero == null ? "" : mark.at() - zero + " ms"),
              tag("td", mark.at() + " ms")));
    }
    return tag(
            "table",
            tag(
                "thead",
                tag(
                    "tr",
                    tag("th", "Mark").with("scope", "col"),
                    tag("th", zero == null ? "" : "since the last success").with("scope", "col"),
                    tag("th", "since the load began").with("scope", "col"))),
            tag("tbody", Html.of(rows)))
        .as("marks");
  }

  private Html begin(RunView run) {
    return Section.quiet(
        "The load began at "
            + Figures.time(timeline.begin(), run.zone())
            + " by the clock of its process. Each slice is "
            + timeline.sliceMillis()
            + " ms wide.");
  }
}
