package dev.drillmaster.injector;

import dev.drillmaster.fault.Direction;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.target.Target;
import dev.drillmaster.target.ToxiproxyTarget;
import dev.drillmaster.toxiproxy.Toxic;
import dev.drillmaster.toxiproxy.Toxiproxy;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fault that is one or more toxics, with names that hold the injection's id: those of others
 * stay. Toxiproxy has no deadline for them, so that a watchdog keeps one.
 */
abstract class ToxiproxyInjector<F extends Fault> implements Injector<F, ToxicsUndo> {

  private static final Logger LOG = LoggerFactory.getLogger(ToxiproxyInjector.class);

  /** The types of toxics and their attributes, for each direction that is affected. */
  abstract Map<String, Map<String, Integer>> types(F fault);

  abstract Direction direction(F fault);

  @Override
  public Class<ToxicsUndo> undoClass() {
    return ToxicsUndo.class;
  }

  private static ToxiproxyTarget.Definition require(Target target) {
    if (target instanceof ToxiproxyTarget proxy) {
      return proxy.definition();
    }
    throw new RefusedException(
        "target " + target.name() + " is no proxy of Toxiproxy but " + target.description());
  }

  @Override
  public Prepared prepare(F fault, Target target) throws IOException, InterruptedException {
    ToxiproxyTarget.Definition where = require(target);
    if (!where.server().runs()) {
      throw new RefusedException("no Toxiproxy answers at " + where.api());
    }
    Toxiproxy.Proxy proxy =
        where
            .server()
            .proxy(where.proxy())
            .orElseThrow(
                () -> new RefusedException("Toxiproxy has no proxy \"" + where.proxy() + "\""));
    if (!proxy.enabled()) {
      throw new RefusedException(
          "proxy " + where.proxy() + " is switched off: find out who did that");
    }
    return new Prepared(
        "proxy %s listens on %s for %s with %d toxics"
            .formatted(where.proxy(), proxy.listen(), proxy.upstream(), proxy.toxics().size()));
  }

  @Override
  public ToxicsUndo capture(F fault, Target target, InjectionSpec spec) {
    List<Toxic> toxics = new ArrayList<>();
    for (String stream : streams(direction(fault))) {
      types(fault)
          .forEach(
              (type, attributes) -> {
                String name = "drillmaster_%s_%s_%s".formatted(spec.id(), type, stream);
                toxics.add(new Toxic(name, type, stream, 1, attributes));
              });
    }
    return new ToxicsUndo(require(target), toxics, false);
  }

  private static List<String> streams(Direction direction) {
    return switch (direction) {
      case TO_UPSTREAM -> List.of("upstream");
      case TO_CLIENT -> List.of("downstream");
      case BOTH -> List.of("upstream", "downstream");
    };
  }

  @Override
  public void inject(F fault, Target target, ToxicsUndo undo, UndoLog<ToxicsUndo> log)
      throws IOException, InterruptedException {
    for (Toxic toxic : undo.toxics()) {
      undo.proxy().server().add(undo.proxy().proxy(), toxic);
    }
  }

  @Override
  public Inspection inspect(F fault, Target target, ToxicsUndo undo)
      throws IOException, InterruptedException {
    if (!undo.proxy().server().runs()) {
      return new Inspection(Inspection.State.ABSENT, "Toxiproxy does not run");
    }
    Optional<Toxiproxy.Proxy> proxy = undo.proxy().server().proxy(undo.proxy().proxy());
    if (proxy.isEmpty()) {
      return new Inspection(Inspection.State.ABSENT, "Toxiproxy has no such proxy any more");
    }
    if (undo.switched() && !proxy.get().enabled()) {
      return new Inspection(Inspection.State.PRESENT, "the proxy is switched off");
    }
    Set<String> there = proxy.get().toxics();
    long ours = undo.toxics().stream().filter(toxic -> there.contains(toxic.name())).count();
    Inspection.State state =
        ours == undo.toxics().size()
            ? Inspection.State.PRESENT
            : ours == 0 ? Inspection.State.ABSENT : Inspection.State.UNKNOWN;
    return new Inspection(
        state, "%d of the proxy's %d toxics are of this fault".formatted(ours, there.size()));
  }

  @Override
  public void heal(F fault, Target target, ToxicsUndo undo, UndoLog<ToxicsUndo> log)
      throws IOException, InterruptedException {
    Toxiproxy server = undo.proxy().server();
    if (!server.runs() || server.proxy(undo.proxy().proxy()).isEmpty()) {
      return;
    }
    try {
      removeAll(undo);
    } catch (HttpTimeoutException stuck) {
      // A toxic waits for the connections that it holds up, for ever if they are stuck: without
      // them it goes.
      LOG.warn("Toxiproxy does not remove a toxic: its proxy is switched off and on");
      log.writeIfPossible(undo.switchedOff(), "if we die now, the proxy stays switched off");
      server.enable(undo.proxy().proxy(), false);
      removeAll(undo);
      server.enable(undo.proxy().proxy(), true);
      return;
    }
    if (undo.switched()) {
      server.enable(undo.proxy().proxy(), true);
    }
  }

  private static void removeAll(ToxicsUndo undo) throws IOException, InterruptedException {
    for (Toxic toxic : undo.toxics()) {
      undo.proxy().server().remove(undo.proxy().proxy(), toxic.name());
    }
  }

  /** A fence is on a node; whether its traffic passes makes no primary of it. */
  @Override
  public void healFenced(F fault, Target target, ToxicsUndo undo)
      throws IOException, InterruptedException {
    heal(fault, target, undo, changed -> {});
  }
}
