package dev.drillmaster.injection;

import org.jspecify.annotations.Nullable;

/**
 * How holding a fault ended.
 *
 * @param report how the lease was kept
 * @param heal how the fault was healed if that was over when holding ended, because another layer
 *     did it first; else null, and the host is to be asked to heal
 */
public record Held(HoldReport report, @Nullable HealReport heal) {

  /** Whether somebody stopped everything, so that this fault was healed before its run was told. */
  public boolean byStopOfEverything() {
    return heal != null && heal.by().equals(HealReport.STOP_OF_EVERYTHING);
  }
}
