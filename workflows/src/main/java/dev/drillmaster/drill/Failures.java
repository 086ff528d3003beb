package dev.drillmaster.drill;

import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TimeoutFailure;
import org.jspecify.annotations.Nullable;

/** What a failure of an activity or of a child workflow means. */
public final class Failures {

  private Failures() {}

  /** What went wrong, in the words of whoever failed. */
  public static String message(Throwable failure) {
    Throwable cause = wraps(failure) && failure.getCause() != null ? failure.getCause() : failure;
    if (cause instanceof ApplicationFailure application
        && application.getOriginalMessage() != null) {
      return application.getOriginalMessage();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static boolean wraps(Throwable failure) {
    return failure instanceof ActivityFailure || failure instanceof ChildWorkflowFailure;
  }

  /** Whether somebody stopped the run, as distinct from something having gone wrong. */
  static boolean isCancellation(Throwable failure) {
    return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
  }

  /** Whether the host began and did not end in time. */
  static boolean isOutOfTime(Throwable failure) {
    return isTimeout(failure, TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE);
  }

  /** Whether nobody was there who would have begun. */
  static boolean neverBegan(Throwable failure) {
    return isTimeout(failure, TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START);
  }

  private static boolean isTimeout(Throwable failure, TimeoutType type) {
    return failure.getCause() instanceof TimeoutFailure timeout && timeout.getTimeoutType() == type;
  }

  /** Whether it is of this stable type: a host failed so, or the workflow itself. */
  static boolean isOfType(Throwable failure, String type) {
    @Nullable Throwable cause = wraps(failure) ? failure.getCause() : failure;
    return cause instanceof ApplicationFailure application && type.equals(application.getType());
  }
}
