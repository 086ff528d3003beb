package dev.drillmaster.injection;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A host as a workflow calls it: which queue, how long, how often, with what summary in the UI.
 *
 * @param name the host's name
 */
public record Host(String name) {

  private static final Duration UNTIL_STARTED = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /**
   * After so long without a sign of life a holder or a step is over for its run; what it held ends
   * by its lease. Holders and steps give one every three seconds: on a busy machine one is late.
   */
  public static final Duration SILENCE = Duration.ofSeconds(8);

  /** The longest that a host takes to heal all at once, waits for locks included. */
  private static final Duration EVERYTHING = Duration.ofMinutes(2);

  Prepared prepare(InjectionSpec injection) {
    return acting("prepare: look at " + injection.target(), Duration.ofSeconds(10), 3)
        .prepare(injection);
  }

  /** By this agent alone, if one is named. */
  Injected inject(InjectionSpec injection, @Nullable String agent) {
    // One attempt: whether to inject again after an unknown outcome is never a matter for a retry
    // policy.
    String summary = "inject: " + injection.fault().effect() + " of " + injection.target();
    return acting(summary, GRACE, 1).inject(injection, agent);
  }

  Promise<Held> hold(InjectionSpec injection) {
    HostActivities stub =
        Workflow.newActivityStub(
            HostActivities.class,
            options(HostQueues.acting(name), "hold: renew the lease on " + injection.target(), 1)
                .setStartToCloseTimeout(injection.longest().plus(injection.bound()).plus(GRACE))
                .setHeartbeatTimeout(SILENCE)
                .build());
    return Async.function(stub::hold, injection);
  }

  /**
   * Heals, and returns when that was observed. Nobody can heal another host's kernel: if the host
   * does not answer, it is asked again until it does.
   *
   * @param unconfirmed is told once why it is not healed yet, if it is not at first
   */
  public HealReport heal(InjectionSpec injection, Consumer<String> unconfirmed) {
    Duration attempt = injection.fault().healTime().plus(GRACE);
    HealActivities hands = healing("heal " + injection.target(), attempt);
    return untilAnswered(() -> hands.heal(injection), unconfirmed);
  }

  /** The same for everything of a run, from the host's journal alone. */
  public List<HealReport> healRun(UUID runId, String by, Consumer<String> unconfirmed) {
    HealActivities hands = healing("heal whatever is left of the run", GRACE);
    return untilAnswered(() -> hands.healRun(runId, by), unconfirmed);
  }

  /** What the host saw when it injected; null if it did not, or does not answer. */
  public @Nullable Injected injected(UUID injectionId) {
    try {
      return healing("what was seen of the injection", GRACE).injected(injectionId);
    } catch (ActivityFailure silent) {
      return null;
    }
  }

  /** One round: tried again and again for two minutes. */
  private HealActivities healing(String summary, Duration attempt) {
    return Workflow.newActivityStub(
        HealActivities.class,
        options(HostQueues.healing(name), summary, 0)
            .setScheduleToStartTimeout(GRACE)
            .setStartToCloseTimeout(attempt)
            .setHeartbeatTimeout(SILENCE)
            .setScheduleToCloseTimeout(attempt.plusMinutes(2))
            .build());
  }

  private static <T> T untilAnswered(Supplier<T> heal, Consumer<String> unconfirmed) {
    boolean told = false;
    while (true) {
      try {
        return heal.get();
      } catch (ActivityFailure failed) {
        if (!told) {
          unconfirmed.accept(Injection.reason(failed));
          told = true;
        }
        Workflow.sleep(AGAIN);
      }
    }
  }

  /** Heals everything that the host holds; fails if it does not begin within 10 s. */
  public HealAllReport healAll(String by) {
    HealActivities stub =
        Workflow.newActivityStub(
            HealActivities.class,
            options(HostQueues.healing(name), "heal everything on " + name, 3)
                .setStartToCloseTimeout(EVERYTHING)
                .setHeartbeatTimeout(SILENCE)
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
