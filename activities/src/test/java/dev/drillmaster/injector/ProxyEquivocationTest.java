package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProxyEquivocation;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.HttpCaller.Answer;
import dev.drillmaster.injector.HttpRouteLab.Look;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class ProxyEquivocationTest extends LieContract {

  @Override
  Fault fault() {
    return new ProxyEquivocation(HttpRouteLab.LIED_TO, null, "ann", "somebody else", null, null);
  }

  private static String falsified(String account) {
    return account.replace("ann", "somebody else");
  }

  /** And whoever is not lied to hears the truth at the same time. */
  @Override
  boolean isLie(Look look) {
    try (HttpCaller spared = lab.caller(HttpRouteLab.SPARED)) {
      return look.second().equals(new Answer(200, falsified(look.after())))
          && lab.look(spared).isTruth();
    } catch (IOException noAnswer) {
      return false;
    }
  }

  /** It was kept back until it could be changed. */
  @Override
  Answer halfOut(String old, String truth) {
    return new Answer(200, truth);
  }

  @Override
  void awaitHalf(long before) {
    // Nothing of it is sent before it is whole; every place where it may be cut is in
    // ExchangesTest.
  }

  @Test
  void whoCallsIsToldByAnyHeaderOnOneConnectionToo() throws Exception {
    InjectionSpec spec =
        inject(new ProxyEquivocation("b", "X-Caller", null, null, "balance", "/account"));
    try (HttpCaller pool = lab.caller("pool")) {
      String falsified = ProxyAlteredBodyTest.falsified(lab.account());
      assertThat(pool.ask("/account", "X-Caller: a").body()).isEqualTo(lab.account());
      assertThat(pool.ask("/account", "x-caller:bob").body()).isEqualTo(falsified);
      assertThat(pool.ask("/account").body()).isEqualTo(lab.account());
      assertThat(pool.ask("/half", "X-Caller: b").body()).isEqualTo(lab.account());
    }
    assertThat(counts().spared()).isZero();
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void aCallerThatCannotBeToldIsAProblemOfThePlan() {
    assertThat(new ProxyEquivocation(" b", "not a name", "x", "y", null, null).problems())
        .hasSize(2);
    assertThat(new ProxyEquivocation("b\r\nEvil: 1", null, null, null, null, null).problems())
        .hasSize(2);
    assertThat(fault().problems()).isEmpty();
  }
}
