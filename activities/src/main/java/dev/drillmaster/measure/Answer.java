package dev.drillmaster.measure;

import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.postgres.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * What the service answered to one transfer, or why it did not.
 *
 * @param lsn position just after the commit, if told
 * @param timeline of that position, 0 if not told
 * @param reason why not OK; empty if OK
 */
public record Answer(Result result, @Nullable Lsn lsn, int timeline, String reason) {

  static Answer failed(String reason) {
    return new Answer(Result.FAILED, null, 0, reason);
  }

  static Answer unknown(String reason) {
    return new Answer(Result.UNKNOWN, null, 0, reason);
  }

  Outcome outcome(long sequence, long at) {
    return new Outcome(sequence, at, result, lsn, timeline, reason);
  }
}
