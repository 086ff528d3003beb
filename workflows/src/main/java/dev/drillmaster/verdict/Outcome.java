package dev.drillmaster.verdict;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a run ended, as distinct from what it found. */
public enum Outcome {
  /** All steps were gone through. */
  COMPLETED("completed"),
  /**
   * It was ended early: emergency stop, cancel, time limit, a failed step. Everything was healed
   * and rolled back.
   */
  STOPPED("stopped"),
  /** Nothing was done: a guard refused it. */
  REFUSED("refused"),
  /** Something could not be put right by itself; the findings say what a person must do. */
  HANDED_OVER("handed-over");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /** The name in ledger and output. */
  @JsonValue
  public String text() {
    return text;
  }
}
