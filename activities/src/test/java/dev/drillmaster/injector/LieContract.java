package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Direction;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.HttpCaller.Answer;
import dev.drillmaster.injector.HttpRouteLab.Look;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.Signal;
import dev.drillmaster.proxy.LieCounts;
import dev.drillmaster.proxy.NetworkRule;
import dev.drillmaster.proxy.RuleStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The contract for lies on a route that carries HTTP/1.1. */
abstract class LieContract extends AnyRouteContract<HttpRouteLab> {

  static final Duration LONG = Duration.ofSeconds(30);

  /** Whether a client that is lied to hears this mechanism's lie at the second look. */
  abstract boolean isLie(Look look);

  /**
   * What a client hears whose answer was half out when the lie ended.
   *
   * @param old what the service said at the first request
   * @param truth what it says now
   */
  abstract Answer halfOut(String old, String truth);

  @Override
  HttpRouteLab start(Path made) throws IOException, InterruptedException {
    return new HttpRouteLab(made);
  }

  @Override
  RouteProcess proxy() {
    return lab.proxy;
  }

  @Override
  boolean effectSeen() {
    try {
      return isLie(lab.look());
    } catch (IOException noAnswer) {
      return false;
    }
  }

  /** Long enough that it does not end by itself. */
  InjectionSpec inject(Fault fault) throws IOException, InterruptedException {
    InjectionSpec spec = HostLab.spec(fault, LONG, Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    return spec;
  }

  LieCounts counts() throws IOException, InterruptedException {
    for (RuleStatus each : proxy().status().rules()) {
      if (each.lies() != null) {
        return each.lies();
      }
    }
    throw new IOException("the proxy does not lie");
  }

  @Test
  void aConnectionThatIsKeptIsLiedToAndHearsTheTruthAgain() throws Exception {
    try (HttpCaller kept = lab.caller(HttpRouteLab.LIED_TO)) {
      assertThat(lab.look(kept).isTruth()).isTrue();
      InjectionSpec spec = inject(fault());
      assertThat(isLie(lab.look(kept))).isTrue();
      assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
      assertThat(lab.look(kept).isTruth()).isTrue();
    }
  }

  @Test
  void anAnswerThatIsHalfOutWhenTheLieEndsIsOneAnswer() throws Exception {
    InjectionSpec spec = inject(fault());
    try (HttpCaller kept = lab.caller(HttpRouteLab.LIED_TO)) {
      String old = lab.account();
      kept.ask("/half");
      lab.change();
      String truth = lab.account();
      long before = counts().told();
      CountDownLatch secondHalf = lab.hold();
      kept.send("GET", "/half");
      awaitHalf(before);
      assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
      secondHalf.countDown();
      assertThat(kept.read()).isEqualTo(halfOut(old, truth));
      assertThat(lab.look(kept).isTruth()).isTrue();
    }
  }

  /** Until the client is being lied to, if that is before the service's answer is whole. */
  void awaitHalf(long before) throws IOException, InterruptedException {
    assertThat(Poll.until(LONG, () -> counts().told() > before)).isTrue();
  }

  /** The service answers meanwhile: that is what the proxy finds first, before its timers. */
  @Test
  void aProxyThatWasFrozenDoesNotLieWhenItGoesOnAfterItsLease() throws Exception {
    Duration lease = Duration.ofSeconds(3);
    UUID id = ruleInForce(lease);
    try (HttpCaller kept = lab.caller(HttpRouteLab.LIED_TO)) {
      kept.ask("/late");
      assertThat(isLie(lab.look(kept))).isTrue();
      CountDownLatch go = lab.hold();
      int before = lab.held();
      kept.send("GET", "/late");
      assertThat(Poll.until(LONG, () -> lab.held() > before)).isTrue();
      assertThat(proxy().control().renew(id)).isTrue();
      Signal.STOP.send(List.of(HostLab.id(proxy().process)));
      long end = System.nanoTime() + lease.toNanos();
      try {
        go.countDown();
        assertThat(Poll.until(LONG, () -> System.nanoTime() > end)).isTrue();
      } finally {
        Signal.CONT.send(List.of(HostLab.id(proxy().process)));
      }
      assertThat(kept.read()).isEqualTo(new Answer(200, lab.account()));
      assertThat(proxy().control().renew(id)).isFalse();
    }
  }

  private UUID ruleInForce(Duration lease) throws IOException, InterruptedException {
    InjectionSpec spec = HostLab.spec(fault(), lease, LONG);
    RouteInjector<Fault> injector = injector();
    proxy().control().arm(proxy().target().route(), injector.rule(spec, fault()), lease);
    assertThat(proxy().control().begin(spec.id())).isTrue();
    return spec.id();
  }

  @SuppressWarnings("unchecked") // Every injector of a lie is one of a route.
  private RouteInjector<Fault> injector() {
    return (RouteInjector<Fault>) (Injector<Fault, ?>) Injectors.all().of(fault());
  }

  @Test
  void ofTwoLiesOnOneRouteTheSecondIsRefusedAndOthersRulesStay() throws Exception {
    UUID theirs = UUID.randomUUID();
    String route = proxy().target().route();
    Duration delay = Duration.ofMillis(1);
    proxy()
        .control()
        .arm(route, NetworkRule.slow(theirs, Direction.BOTH, delay, Duration.ZERO, 0), LONG);
    InjectionSpec spec = inject(fault());
    lab.targets.define("alias", proxy().target());
    InjectionSpec second =
        new InjectionSpec(
            UUID.randomUUID(), UUID.randomUUID(), "1", fault(), "alias", "here", LONG, LONG);
    assertThatThrownBy(() -> lab.injections().inject(second, () -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("lies already, by injection " + spec.id());
    assertThatThrownBy(() -> proxy().control().arm(route, injector().rule(second, fault()), LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("lies already");
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    assertThat(proxy().status().rules())
        .singleElement()
        .matches(rule -> rule.rule().id().equals(theirs));
  }

  @Test
  void aRouteThatCarriesSomethingElseIsRefused() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      proxy().redirect(silent.getLocalPort());
      assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(fault())))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("does not carry HTTP/1.1, or its service is down");
    }
  }
}
