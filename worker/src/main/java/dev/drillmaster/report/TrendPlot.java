package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import dev.drillmaster.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One figure of the runs of one plan, the oldest at the left, beside the objective. */
final class TrendPlot {

  private static final int HEIGHT = 96;
  private static final int TOP = 14;
  private static final int BOTTOM = 86;

  /** So far from either side that no shape is cut. */
  private static final double ASIDE = 3;

  /**
   * One run.
   *
   * @param value null if there is no figure: it is marked at the upper edge
   * @param objective null if the plan has none
   * @param said the run in words
   */
  record Point(Verdict verdict, @Nullable Double value, @Nullable Double objective, String said) {}

  private final List<Point> points;
  private final double most;

  private TrendPlot(List<Point> points) {
    this.points = points;
    this.most = 1.15 * points.stream().mapToDouble(TrendPlot::highest).max().orElse(0);
  }

  /**
   * The picture below its title.
   *
   * @param points the oldest first
   * @param unit after the figures
   */
  static Html of(String title, List<Point> points, String unit) {
    return new TrendPlot(points).figure(title, unit);
  }

  private static double highest(Point point) {
    Double value = point.value();
    Double objective = point.objective();
    return Math.max(value == null ? 0 : value, objective == null ? 0 : objective);
  }

  private Html figure(String title, String unit) {
    List<Html> parts = new ArrayList<>();
    parts.add(tag("line").as("ground").with("x2", "100%").with("y1", BOTTOM).with("y2", BOTTOM));
    Double objective = points.get(points.size() - 1).objective();
    if (objective != null) {
      parts.add(objective(objective, unit));
    }
    parts.add(line());
    for (int index = 0; index < points.size(); index++) {
      parts.add(point(index));
    }
    parts.add(newest(unit));
    return tag(
            "figure",
            tag("figcaption", title),
            tag("svg", Html.of(parts))
                .as("trend")
                .with("width", "100%")
                .with("height", HEIGHT)
                .with("role", "img")
                .with("aria-label", title))
        .as("trendfigure");
  }

  private Html objective(double objective, String unit) {
    double y = down(objective);
    return tag(
            "g",
            tag("line").with("x2", "100%").with("y1", y).with("y2", y),
            tag("text", "objective " + Figures.decimals(objective) + unit).with("y", y - 4))
        .as("limit");
  }

  /** Between neighbours that were both measured. */
  private Html line() {
    List<Html> lines = new ArrayList<>();
    for (int index = 1; index < points.size(); index++) {
      Double before = points.get(index - 1).value();
      Double now = points.get(index).value();
      if (before != null && now != null) {
        lines.add(
            tag("line")
                .with("x1", across(index - 1))
                .with("y1", down(before))
                .with("x2", across(index))
                .with("y2", down(now)));
      }
    }
    return tag("g", Html.of(lines)).as("between");
  }

  private Html point(int index) {
    Point point = points.get(index);
    Double value = point.value();
    double y = value == null ? TOP : down(value);
    Marker marker = Marker.of(point.verdict());
    return tag("svg", tag("title", point.said()), shape(marker, value == null))
        .as("point " + marker.styleClass())
        .with("x", across(index))
        .with("y", y)
        .with("overflow", "visible");
  }

  /** The newest figure in words: with it the picture needs no scale. */
  private Html newest(String unit) {
    Double value = points.get(points.size() - 1).value();
    return value == null
        ? text("")
        : tag("text", Figures.decimals(value) + unit)
            .as("newest")
            .with("x", across(points.size() - 1))
            .with("y", down(value) - 9)
            .with("text-anchor", points.size() == 1 ? "middle" : "end");
  }

  /** The shape of a verdict beside its word. */
  static Html key(Marker marker, String word) {
    Html shape =
        tag(
                "svg",
                tag("svg", shape(marker, false))
                    .with("x", 8)
                    .with("y", 8)
                    .with("overflow", "visible")
                    .as("point"))
            .as("shape")
            .with("viewBox", "0 0 16 16")
            .with("aria-hidden", "true");
    return tag("span", shape, tag("span", word)).as("trend marker " + marker.styleClass());
  }

  /** Each verdict has a shape of its own; one without a figure is hollow. */
  private static Html shape(Marker marker, boolean hollow) {
    Html shape =
        switch (marker) {
          case GOOD, NONE -> tag("circle").with("r", 4);
          case OPEN -> tag("path").with("d", "M0 -6 L6 5 L-6 5 Z");
          case BAD -> tag("path").with("d", "M0 -6 L6 0 L0 6 L-6 0 Z");
        };
    return hollow ? shape.as("hollow") : shape;
  }

  private String across(int index) {
    double share = points.size() == 1 ? 0.5 : index / (points.size() - 1.0);
    return Figures.decimals(ASIDE + share * (100 - 2 * ASIDE)) + "%";
  }

  private double down(double value) {
    return most <= 0 ? BOTTOM : BOTTOM - (BOTTOM - TOP) * value / most;
  }
}
