package dev.drillmaster.selftest;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One thing that the instrument must get right, and what it did.
 *
 * @param id stable name, such as {@code no-fault}
 * @param name what must be so, for people
 * @param result whether it was
 * @param expected what was known beforehand
 * @param measured what the instrument said
 */
public record Check(String id, String name, Result result, String expected, String measured) {

  /** Three values: what could not be tried is not said to hold. */
  public enum Result {
    @JsonProperty("held")
    HELD,
    @JsonProperty("broken")
    BROKEN,
    /** This machine lacks what the check needs; {@code measured} says what. */
    @JsonProperty("not-exercised")
    NOT_EXERCISED
  }

  /** A check that was made. */
  static Check of(String id, String name, boolean held, String expected, String measured) {
    return new Check(id, name, held ? Result.HELD : Result.BROKEN, expected, measured);
  }

  /** A check that could not be made here. */
  static Check notExercised(String id, String name, String expected, String why) {
    return new Check(id, name, Result.NOT_EXERCISED, expected, why);
  }
}
