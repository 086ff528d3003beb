package dev.drillmaster.injection;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Healing, on a queue of its own, so that it never waits behind those who hold. */
@ActivityInterface
public interface HealActivities {

  /**
   * Writes the tombstone, heals, waits for the holder to exit and observes the absence of the
   * effect. Idempotent; safe if inject never ran; removes only what carries the injection's id.
   * Fails, to be retried, while the effect is still seen.
   */
  @ActivityMethod(name = "heal")
  HealReport heal(InjectionSpec injection);

  /**
   * The same for everything that the host's journal holds open, all at once. What cannot be healed
   * is told, and keeps nothing else from being healed.
   */
  @ActivityMethod(name = "healAll")
  HealAllReport healAll(HealAllRequest request);
}
