package dev.drillmaster.measure;

import dev.drillmaster.measure.JournalLine.Attempt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Finds all outages of a journal, first to last. */
final class Outages {

  private final LoadJournal journal;
  private final Sustained sustained;
  private final List<Attempt> attempts;
  private final long[] successes;

  private Outages(LoadJournal journal, Sustained sustained) {
    this.journal = journal;
    this.sustained = sustained;
    this.attempts = journal.attempts();
    this.successes =
        attempts.stream().filter(journal::isOk).mapToLong(this::acknowledged).sorted().toArray();
  }

  static List<Outage> of(LoadJournal journal, Sustained sustained) {
    return new Outages(journal, sustained).find();
  }

  private List<Outage> find() {
    List<Outage> found = new ArrayList<>();
    int next = 0;
    while (next < attempts.size()) {
      if (journal.isOk(attempts.get(next))) {
        next++;
        continue;
      }
      int recovered = sustainedFrom(next + 1);
      found.add(outage(next, recovered));
      next = recovered;
    }
    return found;
  }

  /** Index of the first attempt of the next run of successes that lasts, or the size if none. */
  private int sustainedFrom(int from) {
    int first = from;
    for (int i = from; i < attempts.size(); i++) {
      if (!journal.isOk(attempts.get(i))) {
        first = i + 1;
      } else if (lasts(first, i)) {
        return first;
      }
    }
    return attempts.size();
  }

  private boolean lasts(int first, int last) {
    return last - first + 1 >= sustained.attempts()
        && attempts.get(last).due() - attempts.get(first).due() >= sustained.span().toNanos();
  }

  private Outage outage(int firstFailure, int recovered) {
    long firstFailureDue = attempts.get(firstFailure).due();
    OptionalLong before = lastSuccessUntil(firstFailureDue);
    long lastSuccess = before.orElse(attempts.get(0).due());
    boolean ended = recovered < attempts.size();
    long firstSuccess = ended ? firstSuccessIn(recovered) : journal.lastInstant();
    // See OutageMeasurement for why these bound the error.
    long above =
        (firstFailureDue - lastSuccess) + (firstSuccess - attempts.get(recovered - 1).sent());
    long below = before.isPresent() ? latencyOfSuccessAt(lastSuccess) : 0;
    return new Outage(
        lastSuccess,
        before.isPresent(),
        firstFailureDue,
        firstSuccess,
        ended,
        failures(firstFailure, recovered),
        Math.max(above, below));
  }

  private OptionalLong lastSuccessUntil(long instant) {
    int at = Arrays.binarySearch(successes, instant);
    int index = at >= 0 ? at : -at - 2;
    return index < 0 ? OptionalLong.empty() : OptionalLong.of(successes[index]);
  }

  /**
   * The earliest acknowledgement in the run that begins here. Not simply that of its first attempt:
   * one that was stuck when service came back may be answered after those sent later.
   */
  private long firstSuccessIn(int first) {
    long earliest = Long.MAX_VALUE;
    for (int i = first; i < attempts.size() && journal.isOk(attempts.get(i)); i++) {
      earliest = Math.min(earliest, acknowledged(attempts.get(i)));
    }
    return earliest;
  }

  private long latencyOfSuccessAt(long instant) {
    return attempts.stream()
        .filter(attempt -> journal.isOk(attempt) && acknowledged(attempt) == instant)
        .mapToLong(attempt -> instant - attempt.sent())
        .max()
        .orElseThrow();
  }

  private int failures(int from, int to) {
    return (int)
        attempts.subList(from, to).stream().filter(attempt -> !journal.isOk(attempt)).count();
  }

  private long acknowledged(Attempt attempt) {
    return journal.outcome(attempt).orElseThrow().at();
  }
}
