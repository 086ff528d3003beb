package dev.drillmaster.agent;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.UUID;

/** What an agent says of itself. On both of its queues; each answers at once. */
@ActivityInterface
public interface AgentActivities {

  /** Which agent answers on this queue. */
  @ActivityMethod(name = "greet")
  AgentIdentity greet(String host);

  /** The same, and what its journal holds open. */
  @ActivityMethod(name = "look")
  AgentLook look(String host);

  /** The newest injections that its journal knows, the newest first; at most twenty. */
  @ActivityMethod(name = "newest-injections")
  List<UUID> newest(String host);

  /** What its journal tells of these; nothing of those that it cannot read. */
  @ActivityMethod(name = "accounts")
  HostAccounts accounts(List<UUID> injections);
}
