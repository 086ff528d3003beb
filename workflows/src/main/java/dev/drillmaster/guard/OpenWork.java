package dev.drillmaster.guard;

import java.util.List;

/**
 * What goes on according to the ledger.
 *
 * @param hosts those on which a fault may be in force, by name
 * @param campaigns whose next run would begin when one is stopped, by workflow id
 * @param runs those of campaigns included, by workflow id
 */
public record OpenWork(List<String> hosts, List<String> campaigns, List<String> runs) {
  public OpenWork {
    hosts = List.copyOf(hosts);
    campaigns = List.copyOf(campaigns);
    runs = List.copyOf(runs);
  }
}
