package dev.drillmaster.injector;

import dev.drillmaster.fault.ProxyFlapping;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.proxy.NetworkRule;
import dev.drillmaster.proxy.NetworkRule.Turns;

/** Cuts a route and lets it pass by turns. */
final class ProxyFlappingInjector extends RouteInjector<ProxyFlapping> {

  @Override
  public Class<ProxyFlapping> faultClass() {
    return ProxyFlapping.class;
  }

  @Override
  NetworkRule rule(InjectionSpec spec, ProxyFlapping fault) {
    return NetworkRule.cut(spec.id(), fault.direction())
        .byTurns(new Turns(fault.cut().toMillis(), fault.pass().toMillis()));
  }
}
