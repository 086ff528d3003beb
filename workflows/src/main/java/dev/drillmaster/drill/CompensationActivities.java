package dev.drillmaster.drill;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Compensations, on the healing queue of the host that acts. */
@ActivityInterface
public interface CompensationActivities {

  /** Idempotent. Fails, to be retried, while the wanted end is not observed. */
  @ActivityMethod(name = "compensate")
  CompensationReport compensate(CompensationRequest request);
}
