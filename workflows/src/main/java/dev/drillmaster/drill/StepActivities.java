package dev.drillmaster.drill;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The steps of a drill, on the queue of the host that acts. */
@ActivityInterface
public interface StepActivities {

  /**
   * Reads only: finds the system and who is primary. Fails with {@code Refused} if the system is
   * not there or not whole.
   */
  @ActivityMethod(name = "resolve")
  Roles resolve(String system);

  /** Does one step, then asks its criteria. Unmet criteria are a result, not a failure. */
  @ActivityMethod(name = "step")
  StepResult run(StepRequest request);
}
