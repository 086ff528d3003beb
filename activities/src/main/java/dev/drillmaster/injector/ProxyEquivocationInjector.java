package dev.drillmaster.injector;

import dev.drillmaster.fault.ProxyEquivocation;
import dev.drillmaster.proxy.HttpLie;

/** Changes the bodies of answers to some callers. */
final class ProxyEquivocationInjector extends LyingInjector<ProxyEquivocation> {

  @Override
  public Class<ProxyEquivocation> faultClass() {
    return ProxyEquivocation.class;
  }

  @Override
  HttpLie lie(ProxyEquivocation fault) {
    return HttpLie.body(
        fault.path(),
        new HttpLie.Caller(fault.header(), fault.caller()),
        new HttpLie.Change(fault.find(), fault.replace(), fault.number()));
  }
}
