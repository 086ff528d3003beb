package dev.drillmaster.drill;

/**
 * One thing that had to be true after a step, and what was seen.
 *
 * @param name what had to be true
 * @param result what was found
 * @param seen the facts, in one line for people
 */
public record Criterion(String name, Result result, String seen) {

  /** Three values: "could not look" is never met. */
  public enum Result {
    MET,
    NOT_MET,
    UNKNOWN
  }

  public static Criterion of(String name, boolean met, String seen) {
    return new Criterion(name, met ? Result.MET : Result.NOT_MET, seen);
  }
}
