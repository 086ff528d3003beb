package dev.drillmaster.injection;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
   * Heals everything of a run that the host's journal holds open, all at once, and observes it.
   * Needs neither plan nor ledger. Fails, to be retried, while anything is not healed.
   *
   * @param by which layer heals
   * @return how each was healed
   */
  @ActivityMethod(name = "heal-run")
  List<HealReport> healRun(UUID runId, String by);

  /** What the host saw when it injected; null if it did not. */
  @ActivityMethod(name = "injected")
  @Nullable Injected injected(UUID injectionId);

  /**
   * The same for everything that the host's journal holds open, all at once. What cannot be healed
   * is told, and keeps nothing else from being healed.
   */
  @ActivityMethod(name = "healAll")
  HealAllReport healAll(HealAllRequest request);
}
