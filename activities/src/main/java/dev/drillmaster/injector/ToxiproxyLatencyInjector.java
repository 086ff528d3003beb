package dev.drillmaster.injector;

import dev.drillmaster.fault.Direction;
import dev.drillmaster.fault.ToxiproxyLatency;
import java.util.LinkedHashMap;
import java.util.Map;

/** Holds up what goes through a proxy of Toxiproxy. */
final class ToxiproxyLatencyInjector extends ToxiproxyInjector<ToxiproxyLatency> {

  @Override
  public Class<ToxiproxyLatency> faultClass() {
    return ToxiproxyLatency.class;
  }

  @Override
  Direction direction(ToxiproxyLatency fault) {
    return fault.direction();
  }

  @Override
  Map<String, Map<String, Integer>> types(ToxiproxyLatency fault) {
    Map<String, Map<String, Integer>> types = new LinkedHashMap<>();
    if (!fault.delay().isZero()) {
      int latency = (int) fault.delay().toMillis();
      types.put("latency", Map.of("latency", latency, "jitter", (int) fault.jitter().toMillis()));
    }
    if (fault.kilobytesPerSecond() != null) {
      types.put("bandwidth", Map.of("rate", fault.kilobytesPerSecond()));
    }
    return types;
  }
}
