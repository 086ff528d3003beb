package dev.drillmaster.measure;

import dev.drillmaster.measure.JournalLine.Attempt;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the service's users saw in a window of time: outages and latency.
 *
 * <p>A failure is a definite failure, an unknown outcome, or an attempt without one. The recovery
 * time runs from the acknowledgement of the last success before the first failure (a success
 * acknowledged by the time the first failing attempt was due) to the first acknowledgement of a run
 * of successes that lasts ({@link Sustained}).
 *
 * <p><b>Error bar.</b> Let a request that is due at an instant stand for the service at that
 * instant. The outage began after the last success was sent and no later than the first failing
 * attempt was due; it ended after the last failing attempt was sent and no later than the first
 * lasting success was acknowledged. So the measured time is too long by at most
 *
 * <pre>
 *   (first failure due − last success acknowledged) + (first success acknowledged − last failure sent)
 * </pre>
 *
 * where the second bracket is the first success's own latency plus the spacing to the failure
 * before it, and too short by at most the latency of the last success. The larger of the two is the
 * error. Without an outage the recovery time is 0, and one that fits between two successes may have
 * been missed: the error is the largest spacing of acknowledgements in the window.
 *
 * @param from begin of the window, nanoseconds since the zero of the journal
 * @param to its end
 * @param outages those that touch the window, first to last, each in full length
 * @param attempts due in the window
 * @param ok how many of those were acknowledged
 * @param latency of those acknowledged
 * @param largestSpacing the longest time in the window without an acknowledgement, in nanoseconds
 */
public record OutageMeasurement(
    long from,
    long to,
    List<Outage> outages,
    int attempts,
    int ok,
    Latency latency,
    long largestSpacing) {

  /**
   * Measures between two marks.
   *
   * @param fromMark such as {@code injected}
   * @param toMark where the window ends, if the journal has it; else it ends with the journal
   * @throws IllegalArgumentException if {@code fromMark} was never set: a window that begins
   *     somewhere else would measure something else
   */
  public static OutageMeasurement between(
      LoadJournal journal, String fromMark, String toMark, Sustained sustained) {
    long from =
        journal
            .mark(fromMark)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the journal has no mark " + fromMark + ", only " + journal.marks()));
    return within(journal, from, journal.mark(toMark).orElse(journal.lastInstant()), sustained);
  }

  /** Measures the whole journal. */
  public static OutageMeasurement of(LoadJournal journal, Sustained sustained) {
    return within(journal, 0, journal.lastInstant(), sustained);
  }

  /** Measures from one instant to another. */
  public static OutageMeasurement within(
      LoadJournal journal, long from, long to, Sustained sustained) {
    List<Outage> outages =
        Outages.of(journal, sustained).stream()
            .filter(outage -> outage.firstFailureDue() < to)
            .filter(outage -> !outage.ended() || outage.firstSuccess() > from)
            .toList();
    List<Attempt> due =
        journal.attempts().stream()
            .filter(attempt -> attempt.due() >= from && attempt.due() < to)
            .toList();
    long[] latencies = latencies(journal, due);
    return new OutageMeasurement(
        from,
        to,
        outages,
        due.size(),
        latencies.length,
        Latency.of(latencies),
        largestSpacing(journal, from, to));
  }

  /** The longest outage; one that never ended is the longest whatever the others took. */
  public Optional<Outage> longest() {
    return outages.stream()
        .max(
            Comparator.comparing((Outage outage) -> !outage.isBounded())
                .thenComparing(Outage::nanos));
  }

  public RecoveryTime recoveryTime() {
    return longest()
        .map(outage -> new RecoveryTime(outage.isBounded(), outage.nanos(), outage.errorNanos()))
        .orElseGet(() -> new RecoveryTime(ok > 0, 0, largestSpacing));
  }

  static long[] latencies(LoadJournal journal, List<Attempt> attempts) {
    return attempts.stream()
        .filter(journal::isOk)
        .mapToLong(attempt -> journal.outcome(attempt).orElseThrow().at() - attempt.due())
        .toArray();
  }

  private static long largestSpacing(LoadJournal journal, long from, long to) {
    long[] acknowledged =
        journal.attempts().stream()
            .filter(journal::isOk)
            .mapToLong(attempt -> journal.outcome(attempt).orElseThrow().at())
            .filter(at -> at > from && at < to)
            .sorted()
            .toArray();
    long largest = 0;
    long before = from;
    for (long at : acknowledged) {
      largest = Math.max(largest, at - before);
      before = at;
    }
    return Math.max(largest, to - before);
  }
}
