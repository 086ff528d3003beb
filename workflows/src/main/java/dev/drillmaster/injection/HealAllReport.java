package dev.drillmaster.injection;

import java.util.Map;
import java.util.UUID;

/**
 * What became of all injections that a host held open.
 *
 * @param healed those whose absence was observed, or that nobody could look at any more
 * @param failed those that are not healed, each with the reason
 * @param millis how long the host took for all of them, looking included
 */
public record HealAllReport(Map<UUID, HealReport> healed, Map<UUID, String> failed, long millis) {

  public HealAllReport {
    healed = Map.copyOf(healed);
    failed = Map.copyOf(failed);
  }

  /** How many of those that are healed were observed to be absent. */
  public int verified() {
    return (int) healed.values().stream().filter(HealReport::verified).count();
  }
}
