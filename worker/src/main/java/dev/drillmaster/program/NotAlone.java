package dev.drillmaster.program;

import dev.drillmaster.agent.AgentIdentity;

/** Another agent answers for a host: this one did nothing but heal what its own journal held. */
public final class NotAlone extends RuntimeException {
  NotAlone(AgentIdentity other) {
    super(
        "host "
            + other.host()
            + " has an agent already, process "
            + other.pid()
            + " with another home or on another machine: end that one first, or give this one"
            + " another name");
  }
}
