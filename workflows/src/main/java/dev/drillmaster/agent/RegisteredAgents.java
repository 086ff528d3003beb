package dev.drillmaster.agent;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agents that the ledger knows.
 *
 * @param agents one for each host, by name
 */
public record RegisteredAgents(List<Line> agents) {

  public RegisteredAgents {
    agents = List.copyOf(agents);
  }

  /**
   * One agent.
   *
   * @param last how it was when it was last seen
   * @param startedAt when it was registered
   * @param lastSeen when it was last seen
   * @param now how it is now, or null if it does not answer or was not asked
   */
  public record Line(
      AgentLook last, Instant startedAt, Instant lastSeen, @Nullable AgentLook now) {}
}
