package dev.drillmaster.drill;

/**
 * How a compensation ended.
 *
 * @param state what came of it
 * @param detail one line for people
 * @param attempts how often it was tried
 */
public record CompensationReport(State state, String detail, int attempts) {

  /** Stable: the ledger holds the names. */
  public enum State {
    /** It changed something, and the wanted end was observed. */
    DONE,
    /** The wanted end was already there. */
    NOT_NEEDED,
    /** The wanted end was not reached; a person must act. */
    FAILED
  }
}
