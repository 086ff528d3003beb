package dev.drillmaster.injector;

import dev.drillmaster.fault.ProxyDown;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.proxy.NetworkRule;

/** Closes every connection of a route. */
final class ProxyDownInjector extends RouteInjector<ProxyDown> {

  @Override
  public Class<ProxyDown> faultClass() {
    return ProxyDown.class;
  }

  @Override
  NetworkRule rule(InjectionSpec spec, ProxyDown fault) {
    return NetworkRule.refused(spec.id());
  }
}
