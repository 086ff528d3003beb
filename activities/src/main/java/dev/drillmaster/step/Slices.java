package dev.drillmaster.step;

import dev.drillmaster.drill.Timeline;
import dev.drillmaster.measure.Bucket;
import dev.drillmaster.measure.JournalLine.Mark;
import dev.drillmaster.measure.LoadJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the timeline of a run from the journal of its load. */
final class Slices {

  private Slices() {}

  static Timeline of(LoadJournal journal) {
    long width = width(journal);
    List<Bucket> buckets = Bucket.of(journal, Duration.ofMillis(width));
    return new Timeline(
        Instant.parse(journal.header().wallClock()),
        width,
        buckets.stream().map(Bucket::ok).toList(),
        buckets.stream().map(Bucket::failed).toList(),
        buckets.stream().map(bucket -> bucket.p99() / 1000).toList(),
        marks(journal));
  }

  private static long width(LoadJournal journal) {
    int attempts = journal.attempts().size();
    long last = attempts == 0 ? 0 : journal.attempts().get(attempts - 1).due();
    long width = Timeline.FINEST_MILLIS;
    while (last / (width * 1_000_000) >= Timeline.MOST) {
      width *= 2;
    }
    return width;
  }

  /** Of several marks with one name the first, as in {@link LoadJournal#mark}. */
  private static Map<String, Long> marks(LoadJournal journal) {
    Map<String, Long> marks = new LinkedHashMap<>();
    for (Mark mark : journal.marks()) {
      marks.putIfAbsent(mark.name(), mark.at() / 1_000_000);
    }
    return marks;
  }
}
