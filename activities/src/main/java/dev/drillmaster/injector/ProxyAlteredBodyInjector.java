package dev.drillmaster.injector;

import dev.drillmaster.fault.ProxyAlteredBody;
import dev.drillmaster.proxy.HttpLie;

/** Changes the bodies of answers. */
final class ProxyAlteredBodyInjector extends LyingInjector<ProxyAlteredBody> {

  @Override
  public Class<ProxyAlteredBody> faultClass() {
    return ProxyAlteredBody.class;
  }

  @Override
  HttpLie lie(ProxyAlteredBody fault) {
    return HttpLie.body(
        fault.path(), null, new HttpLie.Change(fault.find(), fault.replace(), fault.number()));
  }
}
