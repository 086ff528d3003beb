package dev.drillmaster.injector;

import dev.drillmaster.fault.Direction;
import dev.drillmaster.fault.ToxiproxyPartition;
import java.util.Map;

/** Lets nothing through a proxy of Toxiproxy. */
final class ToxiproxyPartitionInjector extends ToxiproxyInjector<ToxiproxyPartition> {

  @Override
  public Class<ToxiproxyPartition> faultClass() {
    return ToxiproxyPartition.class;
  }

  @Override
  Direction direction(ToxiproxyPartition fault) {
    return fault.direction();
  }

  /** A timeout of nothing is one that never comes. */
  @Override
  Map<String, Map<String, Integer>> types(ToxiproxyPartition fault) {
    return Map.of("timeout", Map.of("timeout", 0));
  }
}
