package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.proxy.NetworkRule;
import dev.drillmaster.proxy.ProxyControl;
import dev.drillmaster.proxy.RouteStatus;
import dev.drillmaster.proxy.RuleStatus;
import dev.drillmaster.target.RouteTarget;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.util.Optional;

/** A fault that is a rule of the drill proxy, which ends it by itself at its deadline. */
abstract class RouteInjector<F extends Fault>
    implements Injector<F, RouteUndo>, SelfExpiring<RouteUndo> {

  /** What the proxy is to do. */
  abstract NetworkRule rule(InjectionSpec spec, F fault);

  /**
   * Looks at a route that is there; reads only.
   *
   * @throws RefusedException if the fault cannot be on it
   */
  void check(F fault, RouteStatus route) {}

  /** Looks at the effect of a rule that is in force. */
  Inspection look(F fault, RouteStatus route, RuleStatus rule) {
    return new Inspection(Inspection.State.PRESENT, seen(route));
  }

  private static String seen(RouteStatus route) {
    return "route %s: %d rules, %d connections, %d bytes held"
        .formatted(route.name(), route.rules().size(), route.connections(), route.bytesHeld());
  }

  @Override
  public Class<RouteUndo> undoClass() {
    return RouteUndo.class;
  }

  private static RouteTarget route(Target target) {
    if (target instanceof RouteTarget route) {
      return route;
    }
    throw new RefusedException(
        "target " + target.name() + " is no route of a drill proxy but " + target.description());
  }

  @Override
  public Prepared prepare(F fault, Target target) throws IOException, InterruptedException {
    RouteTarget route = route(target);
    Optional<ProxyControl> proxy = RouteTarget.running(route.definition().proxy());
    if (proxy.isEmpty()) {
      throw new RefusedException("no drill proxy runs in " + route.definition().proxy());
    }
    RouteStatus now = proxy.get().route(route.definition().route());
    check(fault, now);
    return new Prepared(
        "route %s leads to %s, %d connections, %d rules"
            .formatted(now.name(), now.upstream(), now.connections(), now.rules().size()));
  }

  @Override
  public RouteUndo capture(F fault, Target target, InjectionSpec spec) {
    RouteTarget.Definition where = route(target).definition();
    return new RouteUndo(where.proxy(), where.route(), rule(spec, fault), spec.lease());
  }

  @Override
  public Lease arm(RouteUndo undo) throws IOException, InterruptedException {
    ProxyControl proxy = ProxyControl.in(undo.proxy());
    proxy.arm(undo.route(), undo.rule(), undo.lease());
    return new RuleLease(undo.proxy(), undo.rule().id(), undo.lease());
  }

  @Override
  public void inject(F fault, Target target, RouteUndo undo, UndoLog<RouteUndo> log)
      throws IOException, InterruptedException {
    if (!ProxyControl.in(undo.proxy()).begin(undo.rule().id())) {
      throw new IOException("the proxy does not have the rule any more: its lease ran out");
    }
  }

  @Override
  public Inspection inspect(F fault, Target target, RouteUndo undo)
      throws IOException, InterruptedException {
    Optional<ProxyControl> proxy = RouteTarget.running(undo.proxy());
    if (proxy.isEmpty()) {
      return new Inspection(Inspection.State.ABSENT, "the proxy does not run");
    }
    RouteStatus route = proxy.get().route(undo.route());
    Optional<RuleStatus> rule =
        route.rules().stream()
            .filter(each -> each.rule().id().equals(undo.rule().id()))
            .filter(RuleStatus::inForce)
            .findFirst();
    return rule.isPresent()
        ? look(fault, route, rule.get())
        : new Inspection(Inspection.State.ABSENT, seen(route));
  }

  @Override
  public void heal(F fault, Target target, RouteUndo undo, UndoLog<RouteUndo> log)
      throws IOException, InterruptedException {
    Optional<ProxyControl> proxy = RouteTarget.running(undo.proxy());
    if (proxy.isPresent()) {
      var unused = proxy.get().remove(undo.rule().id());
    }
  }

  /** A fence is on a node; whether its traffic passes makes no primary of it. */
  @Override
  public void healFenced(F fault, Target target, RouteUndo undo)
      throws IOException, InterruptedException {
    heal(fault, target, undo, changed -> {});
  }
}
