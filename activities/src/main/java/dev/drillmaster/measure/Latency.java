package dev.drillmaster.measure;

import java.util.Arrays;

/**
 * Time from when a successful attempt was due to its acknowledgement, in nanoseconds. From due, not
 * from sent: a client that is held up by the target must not hide that.
 *
 * @param p50 the median; 0 if nothing succeeded
 * @param p99 99 of 100 were at most this; 0 if nothing succeeded
 */
public record Latency(long p50, long p99) {

  static Latency of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latency(nearestRank(sorted, 50), nearestRank(sorted, 99));
  }

  private static long nearestRank(long[] sorted, int percent) {
    return sorted.length == 0
        ? 0
        : sorted[Math.max(0, (int) Math.ceil(percent / 100.0 * sorted.length) - 1)];
  }
}
