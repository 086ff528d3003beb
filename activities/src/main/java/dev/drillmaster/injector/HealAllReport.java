package dev.drillmaster.injector;

import dev.drillmaster.injection.HealReport;
import java.util.Map;
import java.util.UUID;

/**
 * What became of all injections that a host held open.
 *
 * @param healed those whose absence was observed
 * @param failed those that are not healed, each with the reason
 */
public record HealAllReport(Map<UUID, HealReport> healed, Map<UUID, String> failed) {

  public HealAllReport {
    healed = Map.copyOf(healed);
    failed = Map.copyOf(failed);
  }
}
