package dev.drillmaster.drill;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * All that is to be seen of a host before an experiment, in one activity, because each is a round
 * trip to the server. On the healing queue: an answer from there says that the host can heal, and
 * the acting one answers to the inject, which nothing was done before.
 */
@ActivityInterface
public interface LookActivities {

  /**
   * Reads only: who is primary, whether the steady state is met, and, if it is, whether each fault
   * of this host can be injected. Fails with {@code Refused} if the system is not there or not
   * whole. What is in the way of a fault is in the answer.
   */
  @ActivityMethod(name = "look-before")
  Looked before(LookRequest request);
}
