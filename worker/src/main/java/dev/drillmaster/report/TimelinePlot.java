package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.report.Moments.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One part of a timeline as a picture. Across, everything is a percentage, and down it is pixels:
 * so the picture fits any width and its words keep their size. Each mark has a row of its own,
 * because marks that are 100 ms apart would otherwise write over each other.
 */
final class TimelinePlot {

  private static final int ROW = 19;
  private static final int BAND = 27;
  private static final int STRIP = 8;
  private static final int COUNTS = 110;
  private static final int LATENCY = 76;
  private static final int CAPTION = 20;
  private static final int AXIS = 22;
  private static final int MOST_TICKS = 6;
  private static final int LONGEST_NAME = 26;

  private static final long[] STEPS = {
    100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000
  };

  private final Window window;
  private final Moments moments;
  private final List<Mark> labelled;
  private final long base;
  private final int bands;
  private final int counts;
  private final int latency;
  private final int axis;
  private @Nullable Window enlarged;

  /**
   * @param labelled the marks that are named; the others are lines
   * @param base from where the axis counts, in milliseconds since the begin of the load
   */
  TimelinePlot(Window window, Moments moments, List<Mark> labelled, long base) {
    this.window = window;
    this.moments = moments;
    this.labelled = labelled;
    this.base = base;
    this.bands = labelled.size() * ROW + 4;
    this.counts = bands + 2 * BAND + CAPTION;
    this.latency = counts + COUNTS + CAPTION;
    this.axis = latency + LATENCY;
  }

  /** The same picture, with a frame around what another one enlarges. */
  TimelinePlot enlarging(Window part) {
    this.enlarged = part;
    return this;
  }

  /** The picture below its title, above the line in which the figures of a slice are shown. */
  Html figure(String title) {
    Html picture =
        tag(
                "svg",
                fault(),
                outage(),
                SlicePanels.counts(window, counts, COUNTS),
                SlicePanels.latency(window, latency, LATENCY),
                caption(counts, SlicePanels.countsCaption(window)),
                caption(latency, "latency p99, logarithmic"),
                ticks(),
                frame(),
                lines(),
                labels(),
                tag("line").as("cursor").with("y1", bands).with("y2", axis),
                slices())
            .as("plot")
            .with("width", "100%")
            .with("height", axis + AXIS)
            .with("role", "img")
            .with("aria-label", title);
    return tag(
            "figure",
            tag("figcaption", title),
            picture,
            tag("p", "Point at the plot for the figures of a slice.").as("readout"))
        .as("timeline");
  }

  private static Html caption(int top, String words) {
    return tag("text", words).as("caption").with("y", top - 6);
  }

  private Html fault() {
    Long from = moments.faultFrom();
    if (from == null || from > window.to()) {
      return text("");
    }
    Long to = moments.faultTo();
    String said =
        to == null
            ? "fault held, not seen to be healed"
            : "fault held " + Figures.seconds(to - from);
    return band("fault", from, to == null ? window.to() : to, 0, said);
  }

  private Html outage() {
    Long from = moments.lastSuccess();
    Long to = moments.recovered();
    if (from == null || (to != null && to <= from)) {
      return text("");
    }
    String said =
        to == null ? "without service to the end" : "without service " + (to - from) + " ms";
    return band("outage", from, to == null ? window.to() : to, 1, said);
  }

  private Html band(String styleClass, long from, long to, int row, String said) {
    double left = window.percent(from);
    double right = window.percent(to);
    int top = bands + row * BAND;
    return tag(
            "g",
            span("tint", left, right, top + BAND - STRIP, axis - top - BAND + STRIP),
            span("strip", left, right, top + BAND - STRIP, STRIP),
            left <= 50
                ? word(said, left, top + BAND - STRIP - 5, "start", 0)
                : word(said, right, top + BAND - STRIP - 5, "end", 0))
        .as(styleClass);
  }

  private static Html span(String styleClass, double left, double right, int top, int height) {
    return tag("rect")
        .as(styleClass)
        .with("x", percent(left))
        .with("y", top)
        .with("width", percent(Math.max(0.2, right - left)))
        .with("height", height);
  }

  private static Html word(String said, double at, int y, String anchor, int aside) {
    return tag("text", said)
        .with("x", percent(at))
        .with("y", y)
        .with("dx", aside)
        .with("text-anchor", anchor);
  }

  private Html ticks() {
    long step = STEPS[STEPS.length - 1];
    for (int index = STEPS.length - 1; index >= 0; index--) {
      step = (window.to() - window.from()) / STEPS[index] <= MOST_TICKS ? STEPS[index] : step;
    }
    List<Html> ticks = new ArrayList<>();
    long first = Math.floorDiv(window.from() - base + step - 1, step) * step + base;
    for (long at = first; at <= window.to(); at += step) {
      ticks.add(tick(at));
    }
    return tag("g", Html.of(ticks)).as("axis");
  }

  private Html tick(long at) {
    double x = window.percent(at);
    String anchor = x < 4 ? "start" : x > 96 ? "end" : "middle";
    return Html.of(vertical(x, counts, axis + 4), word(clock(at), x, axis + AXIS - 4, anchor, 0));
  }

  private String clock(long at) {
    return base == 0 ? Figures.seconds(at) : Figures.signedSeconds(at - base);
  }

  private static Html vertical(double x, int from, int to) {
    return tag("line")
        .with("x1", percent(x))
        .with("x2", percent(x))
        .with("y1", from)
        .with("y2", to);
  }

  private Html frame() {
    return enlarged == null
        ? text("")
        : span(
            "enlarged",
            window.percent(enlarged.from()),
            window.percent(enlarged.to()),
            counts,
            axis - counts);
  }

  private Html lines() {
    List<Html> lines = new ArrayList<>();
    for (Mark mark : moments.marks()) {
      if (window.contains(mark.at())) {
        int row = labelled.indexOf(mark);
        lines.add(vertical(window.percent(mark.at()), row < 0 ? counts : row * ROW + 9, axis));
      }
    }
    return tag("g", Html.of(lines)).as("markline");
  }

  private Html labels() {
    return tag("g", Html.of(IntStream.range(0, labelled.size()).mapToObj(this::label).toList()))
        .as("marklabel");
  }

  private Html label(int row) {
    Mark mark = labelled.get(row);
    double x = window.percent(mark.at());
    boolean right = x <= 50;
    int y = row * ROW + 9;
    return tag(
        "g",
        tag("title", mark.name() + ", " + clock(mark.at())),
        tag("circle").with("cx", percent(x)).with("cy", y).with("r", 3.5),
        tag("text", tag("tspan", shortened(mark.name())), text(" " + clock(mark.at())))
            .with("x", percent(x))
            .with("y", y + 4)
            .with("dx", right ? 8 : -8)
            .with("text-anchor", right ? "start" : "end"));
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  /** What shows the figures of a slice: a title, which needs no script. */
  private Html slices() {
    List<Html> slices = new ArrayList<>();
    for (int index = window.first(); index < window.end(); index++) {
      String when = clock(index * window.timeline().sliceMillis());
      slices.add(
          tag("rect", tag("title", when + ": " + SlicePanels.figures(window, index)))
              .with("x", index - window.first())
              .with("width", 1)
              .with("height", 1));
    }
    return SlicePanels.stretched(window, bands, axis - bands, 1, Html.of(slices)).as("slices");
  }

  private static String percent(double value) {
    return Figures.decimals(value) + "%";
  }
}
