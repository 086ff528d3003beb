package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a step stands. */
public enum StepStatus {
  RUNNING("running"),
  /** Done, and every criterion was met. */
  MET("met"),
  /** Done or out of time, and a criterion was not met. */
  NOT_MET("not-met"),
  /** We could not do it or could not look. */
  ERROR("error"),
  /** Interrupted by a stop. */
  STOPPED("stopped");

  private final String text;

  StepStatus(String text) {
    this.text = text;
  }

  /** How a step that gave this result stands: the worst of its criteria wins. */
  public static StepStatus of(StepResult result) {
    StepStatus status = MET;
    for (Criterion criterion : result.criteria()) {
      if (criterion.result() == Criterion.Result.NOT_MET) {
        return NOT_MET;
      }
      status = criterion.result() == Criterion.Result.UNKNOWN ? ERROR : status;
    }
    return status;
  }

  /** The name in ledger and output. */
  @JsonValue
  public String text() {
    return text;
  }
}
