package dev.drillmaster.injector;

/** Nothing was done to the target; the message says why and what to do. */
public final class RefusedException extends RuntimeException {
  public RefusedException(String message) {
    super(message);
  }
}
