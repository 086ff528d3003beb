package dev.drillmaster.measure;

/**
 * Why a journal is not the whole truth. A measurement from such a journal is INCONCLUSIVE.
 *
 * @param line where, counted from 1
 */
public record JournalProblem(Kind kind, int line, String text) {

  public enum Kind {
    /** The last line was not written to its end: the writer died or the disk was full. */
    CUT,
    /** A line was altered, removed, repeated or moved; what follows was not read. */
    DAMAGED,
    /** There is no end line: the load still runs, or died. */
    NOT_ENDED,
    /** The lines are whole but contradict each other: the load process is wrong. */
    CONTRADICTION
  }

  @Override
  public String toString() {
    return kind + " at line " + line + ": " + text;
  }
}
