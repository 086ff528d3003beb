package dev.drillmaster.injection;

import java.time.Instant;

/**
 * How a fault ended.
 *
 * @param healStartedAt when healing began, on the host's clock
 * @param healedAt when its absence was first observed; it was observed again after all that could
 *     act on the target had ended
 * @param by which layer healed first: {@code workflow}, {@code holder}, {@code watchdog}, {@code
 *     agent}, {@code guardian}, {@code heal-command}, {@code stop-all}
 * @param everInjected false if the injection had never begun, so that there was nothing to heal
 * @param fenced whether the target is fenced, so that healed means observed not writable
 * @param inspection what was observed at the end; healing is verified only if it is ABSENT
 */
public record HealReport(
    Instant healStartedAt,
    Instant healedAt,
    String by,
    boolean everInjected,
    boolean fenced,
    Inspection inspection) {

  /** The layer that heals every host at once. */
  public static final String STOP_OF_EVERYTHING = "stop-all";

  /** Whether the absence of the effect was observed. */
  public boolean verified() {
    return inspection.state() == Inspection.State.ABSENT;
  }
}
