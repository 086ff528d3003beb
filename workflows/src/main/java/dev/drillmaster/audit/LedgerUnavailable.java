package dev.drillmaster.audit;

import java.time.Duration;

/** The ledger did not answer for so long that the run must not go on: no record, no action. */
public final class LedgerUnavailable extends RuntimeException {

  public LedgerUnavailable(Duration patience) {
    super("the ledger did not answer for " + patience.toSeconds() + " s");
  }
}
