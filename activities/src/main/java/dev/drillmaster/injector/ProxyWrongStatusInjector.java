package dev.drillmaster.injector;

import dev.drillmaster.fault.ProxyWrongStatus;
import dev.drillmaster.proxy.HttpLie;

/** Gives answers another status. */
final class ProxyWrongStatusInjector extends LyingInjector<ProxyWrongStatus> {

  @Override
  public Class<ProxyWrongStatus> faultClass() {
    return ProxyWrongStatus.class;
  }

  @Override
  HttpLie lie(ProxyWrongStatus fault) {
    return HttpLie.status(fault.path(), fault.status(), fault.percent());
  }
}
