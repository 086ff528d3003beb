package dev.drillmaster.measure;

import dev.drillmaster.measure.JournalLine.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The attempts that were due in one slice of time, for plots.
 *
 * @param start nanoseconds since the zero of the journal
 * @param ok acknowledged
 * @param failed failed, unknown or without an outcome
 * @param p99 of the latency of those acknowledged, in nanoseconds; 0 if none
 */
public record Bucket(long start, int ok, int failed, long p99) {

  /** All slices from the zero to the last attempt, empty ones included. */
  public static List<Bucket> of(LoadJournal journal, Duration width) {
    List<List<Attempt>> slices = new ArrayList<>();
    for (Attempt attempt : journal.attempts()) {
      int slice = (int) (attempt.due() / width.toNanos());
      while (slices.size() <= slice) {
        slices.add(new ArrayList<>());
      }
      slices.get(slice).add(attempt);
    }
    List<Bucket> buckets = new ArrayList<>();
    for (List<Attempt> slice : slices) {
      long[] latencies = OutageMeasurement.latencies(journal, slice);
      buckets.add(
          new Bucket(
              buckets.size() * width.toNanos(),
              latencies.length,
              slice.size() - latencies.length,
              Latency.of(latencies).p99()));
    }
    return buckets;
  }
}
