package dev.drillmaster.drill;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the load saw from its begin to its end, in slices of equal width, for plots: no figure is
 * computed from it. The lists have one value for each slice, so that the longest takes tens of
 * kilobytes in a history.
 *
 * @param begin of the load by the wall clock of its process, for people only
 * @param sliceMillis the width of a slice: 100, doubled until there are at most {@value #MOST}
 *     slices
 * @param ok attempts due in the slice that were acknowledged
 * @param failed attempts due in the slice that failed, or whose outcome nobody knows
 * @param p99Micros 99 of 100 of the acknowledged attempts of the slice took at most so many
 *     microseconds, from when they were due; 0 if none was acknowledged
 * @param marks milliseconds from the begin to each mark
 */
public record Timeline(
    Instant begin,
    long sliceMillis,
    List<Integer> ok,
    List<Integer> failed,
    List<Long> p99Micros,
    Map<String, Long> marks) {

  /** The most slices that one has. */
  public static final int MOST = 3000;

  /** The width of a slice before it is doubled, in milliseconds. */
  public static final long FINEST_MILLIS = 100;

  public Timeline {
    ok = List.copyOf(ok);
    failed = List.copyOf(failed);
    p99Micros = List.copyOf(p99Micros);
    marks = Map.copyOf(marks);
    if (failed.size() != ok.size() || p99Micros.size() != ok.size()) {
      throw new IllegalArgumentException(
          "a timeline has one value for each slice, not %d, %d and %d"
              .formatted(ok.size(), failed.size(), p99Micros.size()));
    }
  }

  /** From the begin to the end of the last slice, in milliseconds. */
  public long millis() {
    return ok.size() * sliceMillis;
  }
}
