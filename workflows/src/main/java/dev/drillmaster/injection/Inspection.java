package dev.drillmaster.injection;

/**
 * What looking at the target showed. An exit code is no inspection.
 *
 * @param state what was seen
 * @param detail the facts seen, in one line for people
 */
public record Inspection(State state, String detail) {

  /** Three values: "could not look" is neither. */
  public enum State {
    /** The fault's effect is there. */
    PRESENT,
    /** The fault's effect is not there; for a fenced node: it is observed not writable. */
    ABSENT,
    /** Could not look. */
    UNKNOWN
  }
}
