package dev.drillmaster.agent;

import java.util.List;

/**
 * An agent that has just started, and what it can tell of faults that ended while nobody of ours
 * could note it.
 *
 * @param look who it is, and what its journal holds open still
 * @param healed what it healed at its start, and what its watchdogs and holders healed before that
 */
public record AgentStart(AgentLook look, List<HealedInjection> healed) {

  public AgentStart {
    healed = List.copyOf(healed);
  }
}
