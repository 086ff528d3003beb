package dev.drillmaster.injector;

import dev.drillmaster.injection.Inspection;
import java.io.IOException;

/** Healing was tried and its effect is not observed; to be tried again. */
public final class NotHealedException extends IOException {

  private final transient Inspection inspection;

  NotHealedException(String target, Inspection inspection) {
    super("target " + target + " is not healed yet: " + inspection.detail());
    this.inspection = inspection;
  }

  /** What was seen. */
  public Inspection inspection() {
    return inspection;
  }
}
