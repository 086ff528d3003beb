package dev.drillmaster.audit;

import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Local activities that are tried once: a worker that tries again by itself lets no signal through
 * meanwhile, so that whoever has patience tries again by a timer of the server.
 */
public final class OneTry {

  private OneTry() {}

  /**
   * Calls of the worker that runs the workflow.
   *
   * @param limit how long one may take
   * @param summary what it does, as the Temporal UI shows it
   */
  public static <T> T of(Class<T> activities, Duration limit, String summary) {
    return Workflow.newLocalActivityStub(
        activities,
        LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(limit)
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .setSummary(summary)
            .build());
  }
}
