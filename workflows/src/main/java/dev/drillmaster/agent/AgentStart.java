package dev.drillmaster.agent;

import java.util.List;

/**
 * An agent that has just started, and what it can tell that the ledger may have lost.
 *
 * @param look who it is, and what its journal holds open still
 * @param injections the newest injections that its journal knows, open or not
 */
public record AgentStart(AgentLook look, List<InjectionAccount> injections) {

  public AgentStart {
    injections = List.copyOf(injections);
  }

  HostAccounts accounts() {
    return new HostAccounts(look.identity().host(), injections);
  }
}
