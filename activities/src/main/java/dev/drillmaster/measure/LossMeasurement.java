package dev.drillmaster.measure;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.postgres.Fork;
import dev.drillmaster.postgres.Lsn;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was lost (RPO): the journal of the load compared with the rows of the new primary.
 *
 * @param acknowledged attempts that were acknowledged
 * @param lost acknowledged but not there, in the order of their sequence
 * @param lostLater those of them that were acknowledged on a later timeline than the first one of
 *     the load
 * @param recovered not known to be committed, but there
 * @param refused answered as certainly not committed, but there
 * @param unexpected there, but never sent (or sent with another sequence)
 * @param duplicates rows beyond the first of their kind
 * @param lostNanos from the acknowledgement of the oldest lost to the fault, in nanoseconds; 0 if
 *     nothing is lost
 * @param lostBytes from the fork to the last acknowledged position on the old timeline; 0 if no
 *     fork or nothing beyond it. An upper bound: log records other than our commits count too
 * @param findings what else is wrong
 */
public record LossMeasurement(
    int acknowledged,
    List<TransferRow> lost,
    List<TransferRow> lostLater,
    List<TransferRow> recovered,
    List<TransferRow> refused,
    List<TransferRow> unexpected,
    int duplicates,
    long lostNanos,
    long lostBytes,
    Set<LossFinding> findings) {

  /**
   * Compares.
   *
   * @param rows all rows of the run, each as often as it is there
   * @param fork where the new timeline left the old one; empty if nothing was promoted
   * @param faultMark the mark of the fault; if it was not set, or a lost transfer was acknowledged
   *     after it, the age is taken up to the newest lost one
   */
  public static LossMeasurement of(
      LoadJournal journal, Collection<TransferRow> rows, Optional<Fork> fork, String faultMark) {
    Map<TransferRow, Integer> there = new HashMap<>();
    rows.forEach(row -> there.merge(row, 1, Integer::sum));
    Set<TransferRow> sent =
        journal.attempts().stream().map(LossMeasurement::row).collect(Collectors.toSet());
    List<Attempt> lost =
        journal.attempts().stream()
            .filter(attempt -> journal.isOk(attempt) && !there.containsKey(row(attempt)))
            .toList();
    LossMeasurement plain =
        new LossMeasurement(
            (int) journal.attempts().stream().filter(journal::isOk).count(),
            lost.stream().map(LossMeasurement::row).toList(),
            lost.stream()
                .filter(attempt -> wasLater(journal, attempt.sequence()))
                .map(LossMeasurement::row)
                .toList(),
            thereOf(journal, there, attempt -> isUnknown(journal, attempt)),
            thereOf(journal, there, attempt -> hasResult(journal, attempt, Result.FAILED)),
            there.keySet().stream().filter(row -> !sent.contains(row)).toList(),
            rows.size() - there.size(),
            age(journal, lost, faultMark),
            fork.map(left -> bytesBeyond(journal, left)).orElse(0L),
            Set.of());
    return plain.with(plain.look(journal, fork));
  }

  /** Acknowledged transactions that are lost. */
  public int transactions() {
    return lost.size();
  }

  /** Age of the oldest lost transaction at the fault, in seconds. */
  public double seconds() {
    return lostNanos / 1e9;
  }

  private static List<TransferRow> thereOf(
      LoadJournal journal, Map<TransferRow, Integer> there, Predicate<Attempt> wanted) {
    return journal.attempts().stream()
        .filter(wanted)
        .map(LossMeasurement::row)
        .filter(there::containsKey)
        .toList();
  }

  private static TransferRow row(Attempt attempt) {
    return new TransferRow(attempt.id(), attempt.sequence());
  }

  /** Unknown, or without an outcome, which is no knowledge either. */
  private static boolean isUnknown(LoadJournal journal, Attempt attempt) {
    return hasResult(journal, attempt, Result.UNKNOWN) || journal.outcome(attempt).isEmpty();
  }

  private static boolean hasResult(LoadJournal journal, Attempt attempt, Result result) {
    return journal.outcome(attempt).filter(outcome -> outcome.result() == result).isPresent();
  }

  private static long age(LoadJournal journal, List<Attempt> lost, String faultMark) {
    if (lost.isEmpty()) {
      return 0;
    }
    long[] acknowledged =
        lost.stream()
            .mapToLong(attempt -> journal.outcome(attempt).orElseThrow().at())
            .sorted()
            .toArray();
    long newest = acknowledged[acknowledged.length - 1];
    return Math.max(newest, journal.mark(faultMark).orElse(newest)) - acknowledged[0];
  }

  private static long bytesBeyond(LoadJournal journal, Fork fork) {
    long highest = 0;
    for (Outcome outcome : journal.outcomes().values()) {
      if (outcome.result() == Result.OK
          && outcome.lsn() != null
          && outcome.timeline() == fork.oldTimeline()) {
        highest = Math.max(highest, outcome.lsn().bytes());
      }
    }
    return Math.max(0, highest - fork.at().bytes());
  }

  private Set<LossFinding> look(LoadJournal journal, Optional<Fork> fork) {
    Set<LossFinding> seen = EnumSet.noneOf(LossFinding.class);
    if (lost.stream()
        .filter(row -> !wasLater(journal, row.sequence()))
        .anyMatch(row -> wasKept(journal, row, fork))) {
      seen.add(LossFinding.LOST_WITHOUT_BYTES);
    }
    if (!lostLater.isEmpty()) {
      seen.add(LossFinding.LOST_LATER);
    }
    if (!refused.isEmpty()) {
      seen.add(LossFinding.REFUSED_BUT_COMMITTED);
    }
    if (!unexpected.isEmpty()) {
      seen.add(LossFinding.UNEXPECTED_ROWS);
    }
    if (duplicates > 0) {
      seen.add(LossFinding.DUPLICATE_ROWS);
    }
    if (!journal.isWhole()) {
      seen.add(LossFinding.JOURNAL_NOT_WHOLE);
    }
    return seen;
  }

  /**
   * Whether the log of a lost transaction is part of the new timeline, by its position. One whose
   * position the service could not tell, since its database died right after the commit, says
   * nothing.
   */
  private static boolean wasKept(LoadJournal journal, TransferRow row, Optional<Fork> fork) {
    Outcome outcome = journal.outcomes().get(row.sequence());
    if (outcome == null || outcome.lsn() == null) {
      return false;
    }
    Lsn position = outcome.lsn();
    return fork.filter(
            left -> left.oldTimeline() == outcome.timeline() && position.compareTo(left.at()) > 0)
        .isEmpty();
  }

  private static boolean wasLater(LoadJournal journal, long sequence) {
    Outcome outcome = journal.outcomes().get(sequence);
    return outcome != null
        && journal.firstTimeline().filter(first -> outcome.timeline() > first).isPresent();
  }

  private LossMeasurement with(Set<LossFinding> seen) {
    return new LossMeasurement(
        acknowledged,
        lost,
        lostLater,
        recovered,
        refused,
        unexpected,
        duplicates,
        lostNanos,
        lostBytes,
        seen);
  }
}
