package dev.drillmaster.agent;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What an agent says of itself. On both of its queues; each answers at once. */
@ActivityInterface
public interface AgentActivities {

  /** Which agent answers on this queue. */
  @ActivityMethod(name = "greet")
  AgentIdentity greet(String host);

  /** The same, and what its journal holds open. */
  @ActivityMethod(name = "look")
  AgentLook look(String host);
}
