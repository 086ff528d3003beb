package dev.drillmaster.agent;

import java.util.List;

/**
 * What the journal of one host tells.
 *
 * @param host the host's name
 * @param injections some of those that its journal knows
 */
public record HostAccounts(String host, List<InjectionAccount> injections) {

  public HostAccounts {
    injections = List.copyOf(injections);
  }
}
