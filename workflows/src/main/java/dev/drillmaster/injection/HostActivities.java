package dev.drillmaster.injection;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** What the agent of a target's host does to hold a fault. Runs on the host's queue. */
@ActivityInterface
public interface HostActivities {

  /**
   * Reads only: the target exists, the mechanism works here, no other fault is in the way.
   * Otherwise fails with {@code Refused}.
   */
  @ActivityMethod(name = "prepare")
  Prepared prepare(InjectionSpec injection);

  /**
   * Writes the intent into the host's journal, arms the target-side expiry, injects and observes
   * the effect. Idempotent by id; refuses an id that was ever used or has a tombstone, and does
   * nothing if Temporal does not answer a heartbeat first.
   *
   * @param agent see {@link Ready}: any other refuses; null if any may
   */
  @ActivityMethod(name = "inject")
  Injected inject(InjectionSpec injection, @Nullable String agent);

  /**
   * Renews the lease until the fault is healed, its latest end comes or the run is gone; heals in
   * the last two cases, and else waits a moment for whoever heals.
   */
  @ActivityMethod(name = "hold")
  Held hold(InjectionSpec injection);
}
