package dev.drillmaster.report;

import dev.drillmaster.drill.Timeline;

/**
 * A part of a timeline, in whole slices.
 *
 * @param first index of its first slice
 * @param end index after its last slice
 */
record Window(Timeline timeline, int first, int end) {

  static Window whole(Timeline timeline) {
    return new Window(timeline, 0, timeline.ok().size());
  }

  /** The slices that touch a span of milliseconds since the begin; at least one. */
  static Window around(Timeline timeline, long from, long to) {
    int all = timeline.ok().size();
    long first = Math.floorDiv(from, timeline.sliceMillis());
    long end = Math.floorDiv(to, timeline.sliceMillis()) + 1;
    int begin = (int) Math.max(0, Math.min(first, all - 1L));
    return new Window(timeline, begin, (int) Math.max(begin + 1L, Math.min(end, all)));
  }

  int slices() {
    return end - first;
  }

  long from() {
    return first * timeline.sliceMillis();
  }

  long to() {
    return end * timeline.sliceMillis();
  }

  boolean contains(long millis) {
    return millis >= from() && millis <= to();
  }

  /** Where an instant is from left to right, from 0 to 100. */
  double percent(long millis) {
    long held = Math.max(from(), Math.min(to(), millis));
    return 100.0 * (held - from()) / (to() - from());
  }
}
