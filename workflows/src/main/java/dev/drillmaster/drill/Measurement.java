package dev.drillmaster.drill;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the load process measured at the service. All instants come from its one monotonic clock.
 *
 * @param rtoMillis time without service; null if it never came back
 * @param rtoErrorMillis by how much that may be wrong
 * @param lostTransactions acknowledged transactions that the new primary does not have
 * @param rpoSeconds age of the oldest lost transaction when the fault struck
 * @param rpoBytes WAL between the last acknowledged commit and the fork
 * @param unexpectedRows rows that nobody sent
 * @param duplicateRows rows that are there more than once
 * @param recoveredTransactions transactions whose outcome was unknown to the client and that the
 *     new primary has
 * @param attempts transactions sent
 * @param acknowledged transactions acknowledged
 * @param milestones milliseconds from the last success before the outage to each mark (detected,
 *     fenced, promoted …)
 * @param failBackGapMillis time without writes during a planned fail back; null if there was none
 * @param timeline what the load saw, slice by slice; null if the measurement is older than its
 *     keeping
 */
public record Measurement(
    @Nullable Long rtoMillis,
    long rtoErrorMillis,
    long lostTransactions,
    double rpoSeconds,
    long rpoBytes,
    long unexpectedRows,
    long duplicateRows,
    long recoveredTransactions,
    long attempts,
    long acknowledged,
    Map<String, Long> milestones,
    @Nullable Long failBackGapMillis,
    @Nullable Timeline timeline) {

  /** The same figures without what was seen slice by slice, which is most of the bytes. */
  Measurement withoutTimeline() {
    return new Measurement(
        rtoMillis,
        rtoErrorMillis,
        lostTransactions,
        rpoSeconds,
        rpoBytes,
        unexpectedRows,
        duplicateRows,
        recoveredTransactions,
        attempts,
        acknowledged,
        milestones,
        failBackGapMillis,
        null);
  }
}
