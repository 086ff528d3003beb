package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;
import static dev.drillmaster.report.Html.text;

import org.jspecify.annotations.Nullable;

/** A measured value as a bar with its error, beside the line of its objective. */
final class ObjectiveBar {

  private static final int HEIGHT = 48;
  private static final int TOP = 18;
  private static final int THICK = 16;
  private static final double MIDDLE = TOP + THICK / 2.0;

  private ObjectiveBar() {}

  /**
   * The picture; empty if there is nothing to compare.
   *
   * @param error how far the value may be wrong to either side; 0 draws none
   * @param unit after the figures
   */
  static Html of(
      ObjectiveState state, double value, double error, @Nullable Number objective, String unit) {
    double limit = objective == null ? 0 : objective.doubleValue();
    double most = Math.max(limit, value + error) * 1.12;
    if (most <= 0) {
      return text("");
    }
    double end = 100 * value / most;
    return tag(
            "svg",
            tag("rect").as("track").with("y", TOP).with("width", "100%").with("height", THICK),
            tag("rect")
                .as("bar " + Marker.of(state).styleClass())
                .with("y", TOP)
                .with("width", Figures.decimals(end) + "%")
                .with("height", THICK),
            error <= 0
                ? text("")
                : error(100 * (value - error) / most, 100 * (value + error) / most),
            objective == null ? text("") : limit(100 * limit / most, limit, unit))
        .as("objective")
        .with("width", "100%")
        .with("height", HEIGHT)
        .with("role", "img")
        .with("aria-label", label(value, objective, unit));
  }

  private static String label(double value, @Nullable Number objective, String unit) {
    return Figures.decimals(value)
        + unit
        + (objective == null
            ? ""
            : ", objective " + Figures.decimals(objective.doubleValue()) + unit);
  }

  private static Html error(double from, double to) {
    return tag(
            "g",
            line(from, MIDDLE, to, MIDDLE),
            line(from, MIDDLE - 5, from, MIDDLE + 5),
            line(to, MIDDLE - 5, to, MIDDLE + 5))
        .as("error");
  }

  private static Html limit(double at, double limit, String unit) {
    String anchor = at > 50 ? "end" : "start";
    return Html.of(
        line(at, TOP - 6, at, TOP + THICK + 4).as("limit"),
        tag("text", "objective " + Figures.decimals(limit) + unit)
            .with("x", percent(at))
            .with("y", HEIGHT - 2)
            .with("text-anchor", anchor));
  }

  private static Html line(double x1, double y1, double x2, double y2) {
    return tag("line")
        .with("x1", percent(Math.max(0, x1)))
        .with("y1", y1)
        .with("x2", percent(x2))
        .with("y2", y2);
  }

  private static String percent(double value) {
    return Figures.decimals(value) + "%";
  }
}
