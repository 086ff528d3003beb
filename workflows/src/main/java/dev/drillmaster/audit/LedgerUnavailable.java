package dev.drillmaster.audit;

import java.time.Duration;

/** The ledger took nothing for so long that the run must not go on: no record, no action. */
public final class LedgerUnavailable extends RuntimeException {

  /**
   * @param patience for so long it was tried
   * @param why what was the matter at the last try
   */
  public LedgerUnavailable(Duration patience, String why) {
    super(why + "; tried for " + patience.toSeconds() + " s");
  }
}
