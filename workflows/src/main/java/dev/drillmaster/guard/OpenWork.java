package dev.drillmaster.guard;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What goes on according to the ledger.
 *
 * @param hosts those on which a fault may be in force, by name
 * @param campaigns whose next run would begin when one is stopped, by workflow id
 * @param runs those of campaigns included, by workflow id
 * @param holders which of these runs holds a fault that may be in force, by injection id
 */
public record OpenWork(
    List<String> hosts, List<String> campaigns, List<String> runs, Map<UUID, String> holders) {
  public OpenWork {
    hosts = List.copyOf(hosts);
    campaigns = List.copyOf(campaigns);
    runs = List.copyOf(runs);
    holders = Map.copyOf(holders);
  }
}
