package dev.drillmaster.plan;

/** A plan that is not there or not right; the message says what would be. */
public final class PlanException extends RuntimeException {
  public PlanException(String message) {
    super(message);
  }
}
