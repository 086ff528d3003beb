package dev.drillmaster.host;

import dev.drillmaster.injector.RefusedException;
import dev.drillmaster.verdict.FailureKind;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.Callable;

/** What goes wrong on a host, as a workflow is told it. */
final class Failing {

  private Failing() {}

  /** Refusals are final and of a stable type; everything else is handed on as it is. */
  static <T> T explained(Callable<T> work) {
    try {
      return work.call();
    } catch (RefusedException refused) {
      throw ApplicationFailure.newNonRetryableFailureWithCause(
          refused.getMessage(), FailureKind.REFUSED, refused);
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw Activity.wrap(failed);
    }
  }
}
