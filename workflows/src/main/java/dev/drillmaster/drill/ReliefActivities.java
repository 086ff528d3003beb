package dev.drillmaster.drill;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** How a run that is at its end tells its guardian so. */
@ActivityInterface
public interface ReliefActivities {

  /**
   * Sends {@link GuardianWorkflow#relieve}. Again does no harm.
   *
   * @param guardian workflow id of the guardian
   * @return false if that guardian is gone
   */
  @ActivityMethod(name = "relieve-guardian")
  boolean relieve(String guardian);
}
