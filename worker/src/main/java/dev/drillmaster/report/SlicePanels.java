package dev.drillmaster.report;

import static dev.drillmaster.report.Html.tag;

import dev.drillmaster.drill.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the slices of a window hold, as shapes. */
final class SlicePanels {

  /** The height of a panel in its own units, which are stretched to what it is given. */
  private static final int UNITS = 100;

  private SlicePanels() {}

  /** A panel whose units are one slice across. */
  static Html stretched(Window window, int top, int height, int units, Html content) {
    return tag("svg", content)
        .with("y", top)
        .with("width", "100%")
        .with("height", height)
        .with("viewBox", "0 0 " + window.slices() + " " + units)
        .with("preserveAspectRatio", "none");
  }

  /** The figures of one slice in words. */
  static String figures(Window window, int index) {
    Timeline timeline = window.timeline();
    long micros = timeline.p99Micros().get(index);
    return timeline.ok().get(index)
        + " acknowledged, "
        + timeline.failed().get(index)
        + " failed"
        + (micros == 0 ? "" : ", p99 " + Figures.decimals(micros / 1000.0) + " ms");
  }

  static String countsCaption(Window window) {
    return "attempts per "
        + Figures.seconds(window.timeline().sliceMillis())
        + ", up to "
        + most(window);
  }

  private static int most(Window window) {
    Timeline timeline = window.timeline();
    return IntStream.range(window.first(), window.end())
        .map(index -> timeline.ok().get(index) + timeline.failed().get(index))
        .max()
        .orElse(1);
  }

  /** Acknowledged from the ground up, and failed on top of them. */
  static Html counts(Window window, int top, int height) {
    Timeline timeline = window.timeline();
    double scale = UNITS / (double) Math.max(1, most(window));
    StringBuilder ok = new StringBuilder("M0 " + UNITS);
    StringBuilder failed = new StringBuilder();
    for (int index = window.first(); index < window.end(); index++) {
      int x = index - window.first();
      double ground = UNITS - scale * timeline.ok().get(index);
      ok.append("V").append(Figures.decimals(ground)).append("H").append(x + 1);
      if (timeline.failed().get(index) > 0) {
        double above = ground - scale * timeline.failed().get(index);
        failed.append("M%d %s".formatted(x, Figures.decimals(ground)));
        failed.append("H%dV%sH%dZ".formatted(x + 1, Figures.decimals(above), x));
      }
    }
    ok.append("V").append(UNITS).append("Z");
    return stretched(
            window,
            top,
            height,
            UNITS,
            Html.of(
                tag("path").as("ok").with("d", ok.toString()),
                tag("path").as("failed").with("d", failed.toString())))
        .as("counts");
  }

  /** A line with a gap wherever nothing was acknowledged. */
  static Html latency(Window window, int top, int height) {
    Decades decades = Decades.of(window);
    StringBuilder line = new StringBuilder();
    boolean on = false;
    for (int index = window.first(); index < window.end(); index++) {
      long micros = window.timeline().p99Micros().get(index);
      if (micros > 0) {
        int x = index - window.first();
        String y = Figures.decimals(UNITS * decades.down(micros));
        line.append(on ? "V" + y : "M" + x + " " + y).append("H").append(x + 1);
      }
      on = micros > 0;
    }
    List<Html> parts = new ArrayList<>();
    for (long micros : decades.all()) {
      double y = top + height * decades.down(micros);
      parts.add(tag("line").with("x2", "100%").with("y1", y).with("y2", y));
      parts.add(tag("text", Decades.text(micros)).with("x", "100%").with("y", y + 4).with("dx", 6));
    }
    Html curve = tag("path").as("latency").with("d", line.toString());
    return Html.of(
        tag("g", Html.of(parts)).as("decades"), stretched(window, top, height, UNITS, curve));
  }

  /**
   * A logarithmic scale: one that is linear would show nothing but the outage.
   *
   * @param from the power of ten at its lower end, in microseconds
   * @param to the one at its upper end
   */
  private record Decades(int from, int to) {

    static Decades of(Window window) {
      List<Long> seen =
          window.timeline().p99Micros().subList(window.first(), window.end()).stream()
              .filter(micros -> micros > 0)
              .toList();
      long least = seen.stream().mapToLong(Long::longValue).min().orElse(1000);
      long most = seen.stream().mapToLong(Long::longValue).max().orElse(1000);
      int from = (int) Math.floor(Math.log10((double) least));
      return new Decades(from, Math.max(from + 1, (int) Math.ceil(Math.log10((double) most))));
    }

    /** How far below the upper end, from 0 to 1. */
    double down(long micros) {
      return (to - Math.log10((double) micros)) / (to - from);
    }

    List<Long> all() {
      return IntStream.rangeClosed(from, to).mapToObj(power -> (long) Math.pow(10, power)).toList();
    }

    static String text(long micros) {
      if (micros < 1000) {
        return micros + " µs";
      }
      return micros < 1_000_000 ? micros / 1000 + " ms" : micros / 1_000_000 + " s";
    }
  }
}
