package dev.drillmaster.injection;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * A host as a workflow calls it: which queue, how long, how often, with what summary in the UI.
 *
 * @param name the host's name
 */
public record Host(String name) {

  private static final Duration UNTIL_STARTED = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** The longest that a host takes to heal all at once, waits for locks included. */
  private static final Duration EVERYTHING = Duration.ofMinutes(2);

  Prepared prepare(InjectionSpec injection) {
    return acting("prepare: look at " + injection.target(), Duration.ofSeconds(10), 3)
        .prepare(injection);
  }

  Injected inject(InjectionSpec injection) {
    // One attempt: whether to inject again after an unknown outcome is never a matter for a retry
    // policy.
    String summary = "inject: " + injection.fault().effect() + " of " + injection.target();
    return acting(summary, GRACE, 1).inject(injection);
  }

  Promise<HoldReport> hold(InjectionSpec injection) {
    HostActivities stub =
        Workflow.newActivityStub(
            HostActivities.class,
            options(HostQueues.acting(name), "hold: renew the lease on " + injection.target(), 1)
                .setStartToCloseTimeout(injection.longest().plus(injection.bound()).plus(GRACE))
                .setHeartbeatTimeout(Duration.ofSeconds(4))
                .build());
    return Async.function(stub::hold, injection);
  }

  /** One round of healing: tried again and again for two minutes. */
  HealReport heal(InjectionSpec injection) {
    Duration attempt = injection.fault().healTime().plus(GRACE);
    HealActivities stub =
        Workflow.newActivityStub(
            HealActivities.class,
            options(HostQueues.healing(name), "heal " + injection.target(), 0)
                .setScheduleToStartTimeout(GRACE)
                .setStartToCloseTimeout(attempt)
                .setScheduleToCloseTimeout(attempt.plusMinutes(2))
                .build());
    return stub.heal(injection);
  }

  /** Heals everything that the host holds; fails if it does not begin within 10 s. */
  public HealAllReport healAll(String by) {
    HealActivities stub =
        Workflow.newActivityStub(
            HealActivities.class,
            options(HostQueues.healing(name), "heal everything on " + name, 3)
                .setStartToCloseTimeout(EVERYTHING)
                .build());
    return stub.healAll(new HealAllRequest(by));
  }

  private HostActivities acting(String summary, Duration limit, int attempts) {
    ActivityOptions.Builder options =
        options(HostQueues.acting(name), summary, attempts).setStartToCloseTimeout(limit);
    return Workflow.newActivityStub(HostActivities.class, options.build());
  }

  /**
   * Options that every activity on a host shares.
   *
   * @param attempts how often it is tried; 0 for without limit
   */
  public static ActivityOptions.Builder options(String queue, String summary, int attempts) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setSummary(summary)
        .setScheduleToStartTimeout(UNTIL_STARTED)
        // Stopping must not wait for an activity that acts; the host's locks and tombstones put
        // them in order. Not TRY_CANCEL: the host learns of a stop by the heal and the rollback
        // anyway, and a request to cancel an activity that has just ended makes the in-process
        // server forget the whole run.
        .setCancellationType(ActivityCancellationType.ABANDON)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofMillis(200))
                .setBackoffCoefficient(1.5)
                .setMaximumInterval(Duration.ofSeconds(10))
                .setMaximumAttempts(attempts)
                .build());
  }
}
