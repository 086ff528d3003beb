package dev.drillmaster.measure;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.End;
import dev.drillmaster.measure.JournalLine.Header;
import dev.drillmaster.measure.JournalLine.Mark;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.postgres.Lsn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Journals by hand: attempts are due every 10 ms, sent when due. Times are in milliseconds. */
public final class JournalBuilder {

  static final int SPACING = 10;

  final List<Attempt> attempts = new ArrayList<>();
  final Map<Long, Outcome> outcomes = new HashMap<>();
  private final List<Mark> marks = new ArrayList<>();

  static long nanos(double millis) {
    return (long) (millis * 1_000_000);
  }

  public static Header header() {
    return new Header(JournalText.VERSION, "r1", 100, 2, 2000, "2026-01-01T00:00:00Z", 42);
  }

  /** Attempts that are acknowledged 2 ms after they were sent. */
  JournalBuilder ok(int count) {
    return ok(count, 2);
  }

  JournalBuilder ok(int count, double latency) {
    acknowledged(count, latency, 1);
    return this;
  }

  /** Attempts that are acknowledged on a timeline. */
  public List<Attempt> acknowledged(int count, int timeline) {
    return acknowledged(count, 2, timeline);
  }

  private List<Attempt> acknowledged(int count, double latency, int timeline) {
    List<Attempt> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Attempt attempt = attempt();
      outcome(attempt, latency, Result.OK, new Lsn(1000 + attempt.sequence()), timeline);
      made.add(attempt);
    }
    return made;
  }

  public JournalBuilder failed(int count) {
    for (int i = 0; i < count; i++) {
      outcome(attempt(), 1, Result.FAILED, null, 0);
    }
    return this;
  }

  JournalBuilder unknown(int count) {
    for (int i = 0; i < count; i++) {
      outcome(attempt(), 1, Result.UNKNOWN, null, 0);
    }
    return this;
  }

  public JournalBuilder unanswered(int count) {
    for (int i = 0; i < count; i++) {
      attempt();
    }
    return this;
  }

  public JournalBuilder mark(String name, double millis) {
    marks.add(new Mark(nanos(millis), name));
    return this;
  }

  Attempt attempt() {
    long sequence = attempts.size();
    long due = nanos((double) sequence * SPACING);
    Attempt attempt = new Attempt(sequence, new UUID(7, sequence), due, due, (int) (sequence % 2));
    attempts.add(attempt);
    return attempt;
  }

  void outcome(Attempt attempt, double latency, Result result, @Nullable Lsn lsn, int timeline) {
    outcomes.put(
        attempt.sequence(),
        new Outcome(
            attempt.sequence(),
            attempt.sent() + nanos(latency),
            result,
            lsn,
            timeline,
            result == Result.OK ? "" : "refused"));
  }

  public LoadJournal build() {
    return build(List.of());
  }

  public LoadJournal build(List<JournalProblem> problems) {
    return new LoadJournal(
        header(),
        attempts,
        outcomes,
        marks,
        Optional.of(
            new End(nanos((double) attempts.size() * SPACING), attempts.size(), outcomes.size())),
        problems);
  }
}
