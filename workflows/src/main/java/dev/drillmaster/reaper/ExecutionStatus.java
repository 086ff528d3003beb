package dev.drillmaster.reaper;

/** How an execution stands on the Temporal server. */
public enum ExecutionStatus {
  RUNNING("goes on"),
  COMPLETED("completed"),
  FAILED("failed"),
  CANCELED("was cancelled"),
  TERMINATED("was terminated"),
  TIMED_OUT("timed out"),
  /** The server has none of that name. */
  UNKNOWN("is not known to Temporal");

  private final String text;

  ExecutionStatus(String text) {
    this.text = text;
  }

  /** For people: "the run ...". */
  public String text() {
    return text;
  }
}
