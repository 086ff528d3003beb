package dev.drillmaster.injector;

import dev.drillmaster.fault.ProxyLatency;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.proxy.NetworkRule;

/** Holds up what goes through a route. */
final class ProxyLatencyInjector extends RouteInjector<ProxyLatency> {

  private static final long KILOBYTE = 1000;

  @Override
  public Class<ProxyLatency> faultClass() {
    return ProxyLatency.class;
  }

  @Override
  NetworkRule rule(InjectionSpec spec, ProxyLatency fault) {
    return NetworkRule.slow(
        spec.id(),
        fault.direction(),
        fault.delay(),
        fault.jitter(),
        fault.kilobytesPerSecond() == null ? 0 : fault.kilobytesPerSecond() * KILOBYTE);
  }
}
