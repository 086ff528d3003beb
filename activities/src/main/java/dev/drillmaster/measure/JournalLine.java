package dev.drillmaster.measure;

import dev.drillmaster.postgres.Lsn;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One fact in a load journal. Instants are nanoseconds since the zero of the journal. */
public sealed interface JournalLine {

  /**
   * The first line: what the others mean.
   *
   * @param version of the format
   * @param run the run that is measured
   * @param rate attempts due per second
   * @param instances how many service instances take turns
   * @param timeoutMillis how long the client waits for an answer
   * @param wallClock ISO 8601 instant of the zero, for people only: no measurement uses it
   * @param zero the monotonic clock at the zero, in nanoseconds of that process
   */
  record Header(
      int version,
      String run,
      int rate,
      int instances,
      long timeoutMillis,
      String wallClock,
      long zero)
      implements JournalLine {}

  /**
   * A transfer that is about to be sent; written before it is.
   *
   * @param sequence counts from 0 without gaps
   * @param due when it had to be sent, whether or not earlier ones were answered
   * @param sent when it was handed to the client
   * @param instance index of the service instance
   */
  record Attempt(long sequence, UUID id, long due, long sent, int instance)
      implements JournalLine {}

  /** What is known about an attempt. */
  enum Result {
    /** Acknowledged as committed. */
    OK,
    /** Certainly not committed. */
    FAILED,
    /** Perhaps committed. */
    UNKNOWN
  }

  /**
   * How an attempt ended.
   *
   * @param at when the client knew
   * @param lsn position just after the commit, if the service could tell it
   * @param timeline of that position; 0 if not known
   * @param reason why not OK; empty if OK
   */
  record Outcome(
      long sequence, long at, Result result, @Nullable Lsn lsn, int timeline, String reason)
      implements JournalLine {}

  /** Something happened to the target, such as {@code injected}. */
  record Mark(long at, String name) implements JournalLine {}

  /**
   * The last line: the load was stopped in order and nothing is missing.
   *
   * @param attempts how many were written
   * @param outcomes how many were written; attempts without one had not ended
   */
  record End(long at, long attempts, long outcomes) implements JournalLine {}
}
