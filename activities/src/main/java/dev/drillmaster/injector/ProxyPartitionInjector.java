package dev.drillmaster.injector;

import dev.drillmaster.fault.ProxyPartition;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.proxy.NetworkRule;

/** Lets nothing through a route. */
final class ProxyPartitionInjector extends RouteInjector<ProxyPartition> {

  @Override
  public Class<ProxyPartition> faultClass() {
    return ProxyPartition.class;
  }

  @Override
  NetworkRule rule(InjectionSpec spec, ProxyPartition fault) {
    return NetworkRule.cut(spec.id(), fault.direction());
  }
}
