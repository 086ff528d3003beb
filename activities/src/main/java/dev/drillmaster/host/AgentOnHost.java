package dev.drillmaster.host;

import dev.drillmaster.agent.AgentActivities;
import dev.drillmaster.agent.AgentIdentity;
import dev.drillmaster.agent.AgentLook;
import dev.drillmaster.journal.HostJournal;
import java.io.IOException;

/** What this process says of itself, on both queues of its host. */
public final class AgentOnHost implements AgentActivities {

  private final AgentIdentity identity;
  private final HostJournal journal;

  /** Answers so, and looks into this journal. */
  public AgentOnHost(AgentIdentity identity, HostJournal journal) {
    this.identity = identity;
    this.journal = journal;
  }

  @Override
  public AgentIdentity greet(String host) {
    return identity;
  }

  @Override
  public AgentLook look(String host) {
    return look();
  }

  /** The same for whoever is in this process. */
  public AgentLook look() {
    int open;
    try {
      open = journal.open().size();
    } catch (IOException unreadable) {
      open = 0; // The refusal says that it cannot be read.
    }
    return new AgentLook(identity, open, journal.refusal().orElse(null));
  }
}
