package dev.drillmaster.ledger;

import java.time.Instant;

/**
 * A global stop that is in force: no run is admitted.
 *
 * @param stoppedAt when it was commanded
 * @param stoppedBy by whom
 * @param reason why, in the words of who commanded it
 */
public record OpenStop(Instant stoppedAt, String stoppedBy, String reason) {

  /** All of it, for people. */
  public String sentence() {
    return "everything was stopped by " + stoppedBy + " at " + stoppedAt + ": " + reason;
  }
}
