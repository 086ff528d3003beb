package dev.drillmaster.injector;

import dev.drillmaster.fault.ProxyStaleReplay;
import dev.drillmaster.proxy.HttpLie;

/** Gives old answers again. */
final class ProxyStaleReplayInjector extends LyingInjector<ProxyStaleReplay> {

  @Override
  public Class<ProxyStaleReplay> faultClass() {
    return ProxyStaleReplay.class;
  }

  @Override
  HttpLie lie(ProxyStaleReplay fault) {
    return HttpLie.old(fault.path());
  }
}
