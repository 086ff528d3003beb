package dev.drillmaster.injector;

import dev.drillmaster.fault.ByzantineFault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.proxy.HttpLie;
import dev.drillmaster.proxy.LieCounts;
import dev.drillmaster.proxy.NetworkRule;
import dev.drillmaster.proxy.RouteStatus;
import dev.drillmaster.proxy.RuleStatus;

/** A drill proxy that lies, on a route that carries HTTP/1.1. */
abstract class LyingInjector<F extends ByzantineFault> extends RouteInjector<F> {

  /** What is told instead of the truth. */
  abstract HttpLie lie(F fault);

  @Override
  final NetworkRule rule(InjectionSpec spec, F fault) {
    return NetworkRule.lie(spec.id(), lie(fault));
  }

  /** Asks as a client does, by a GET, because a route does not know what it carries. */
  @Override
  final void check(F fault, RouteStatus route) {
    for (RuleStatus other : route.rules()) {
      if (other.rule().lie() != null) {
        throw new RefusedException(
            "route %s lies already, by injection %s: heal it"
                .formatted(route.name(), other.rule().id()));
      }
    }
    RouteQuestion question = new RouteQuestion(route.listenPort(), lie(fault));
    if (question.ask().isEmpty()) {
      throw new RefusedException(
          "route %s does not carry HTTP/1.1, or its service is down: %s is not answered"
              .formatted(route.name(), question));
    }
  }

  /**
   * The proxy says that the rule is in force; what a client hears must be the lie only where it
   * cannot be the truth, which is nothing but another status for every answer.
   */
  @Override
  final Inspection look(F fault, RouteStatus route, RuleStatus rule) {
    HttpLie lie = rule.rule().lie();
    LieCounts counts = rule.lies();
    if (lie == null || counts == null) {
      return new Inspection(
          Inspection.State.UNKNOWN, "this drill proxy is too old to lie: start it again");
    }
    RouteQuestion question = new RouteQuestion(route.listenPort(), lie);
    String answer = question.ask().map(String::valueOf).orElse("not answered");
    HttpLie.Status status = lie.status();
    boolean mustBeSeen = status != null && status.percent() == 100;
    boolean seen = status != null && answer.equals(String.valueOf(status.status()));
    return new Inspection(
        mustBeSeen && !seen ? Inspection.State.UNKNOWN : Inspection.State.PRESENT,
        "route %s: %s is %s; before that %d answers were lies, and %d were spared"
            .formatted(route.name(), question, answer, counts.told(), counts.spared()));
  }
}
