package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProxyAlteredBody;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.HttpCaller.Answer;
import dev.drillmaster.injector.HttpRouteLab.Look;
import dev.drillmaster.process.Poll;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class ProxyAlteredBodyTest extends LieContract {

  @Override
  Fault fault() {
    return new ProxyAlteredBody(null, null, "balance", null);
  }

  @Override
  boolean isLie(Look look) {
    return look.second().equals(new Answer(200, falsified(look.after())));
  }

  /** Written down by hand for four digits that begin with 1. */
  static String falsified(String account) {
    int at = account.indexOf(":1") + 1;
    int balance = Integer.parseInt(account.substring(at, at + 4));
    return account.substring(0, at) + (3999 - balance) + account.substring(at + 4);
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
  void anotherTextMayBeLongerOrShorterAndTheLengthIsHonest() throws Exception {
    InjectionSpec spec = inject(new ProxyAlteredBody("ann", "annabelle", null, null));
    try (HttpCaller caller = lab.caller("any")) {
      String longer = lab.account().replace("ann", "annabelle");
      assertThat(caller.ask("/account").body()).isEqualTo(longer);
      assertThat(caller.ask("/chunked").body()).isEqualTo(longer);
      assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();

      spec = inject(new ProxyAlteredBody("ann", "", null, null));
      assertThat(caller.ask("/account").body()).isEqualTo(lab.account().replace("ann", ""));
      assertThat(caller.ask("/chunked").body()).isEqualTo(lab.account().replace("ann", ""));
      lab.injections().heal(spec, "workflow");
    }
  }

  @Test
  void aBodyThatIsTooLongPassesAndIsCounted() throws Exception {
    InjectionSpec spec = inject(fault());
    long before = counts().spared();
    try (HttpCaller caller = lab.caller("any")) {
      assertThat(caller.ask("/large").body()).startsWith(lab.account()).hasSizeGreaterThan(200_000);
      assertThat(caller.ask("/account").body()).isEqualTo(falsified(lab.account()));
    }
    assertThat(counts().spared() - before).isEqualTo(1);
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void anAnswerThatIsNotCompleteSoonPassesAndIsCounted() throws Exception {
    InjectionSpec spec = inject(fault());
    CountDownLatch secondHalf = lab.hold();
    try (HttpCaller caller = lab.caller("any")) {
      caller.send("GET", "/half");
      assertThat(Poll.until(LONG, () -> counts().spared() == 1)).isTrue();
      secondHalf.countDown();
      assertThat(caller.read()).isEqualTo(new Answer(200, lab.account()));
    }
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void aChangeThatIsNoneIsAProblemOfThePlan() {
    assertThat(new ProxyAlteredBody(null, null, null, null).problems())
        .singleElement()
        .asString()
        .contains("changes nothing");
    assertThat(new ProxyAlteredBody("a", null, null, "x").problems()).hasSize(2);
    assertThat(new ProxyAlteredBody("a", "a", null, null).problems()).hasSize(1);
    assertThat(new ProxyAlteredBody("a", "b", "c", null).problems()).hasSize(1);
    assertThat(new ProxyAlteredBody(null, null, "a\"b", null).problems()).hasSize(1);
  }
}
