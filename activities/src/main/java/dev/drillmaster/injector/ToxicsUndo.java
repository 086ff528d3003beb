package dev.drillmaster.injector;

import dev.drillmaster.target.ToxiproxyTarget;
import dev.drillmaster.toxiproxy.Toxic;
import java.util.List;

/**
 * Which toxics were, or were about to be, added to which proxy.
 *
 * @param proxy which one
 * @param toxics the injection's, by names that hold its id
 * @param switched whether healing has switched the proxy off, or was about to: it was on before
 */
record ToxicsUndo(ToxiproxyTarget.Definition proxy, List<Toxic> toxics, boolean switched) {

  ToxicsUndo {
    toxics = List.copyOf(toxics);
  }

  ToxicsUndo switchedOff() {
    return new ToxicsUndo(proxy, toxics, true);
  }
}
