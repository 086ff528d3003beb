package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProxyWrongStatus;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.HttpCaller.Answer;
import dev.drillmaster.injector.HttpRouteLab.Look;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class ProxyWrongStatusTest extends LieContract {

  @Override
  Fault fault() {
    return new ProxyWrongStatus(503, null, null);
  }

  @Override
  boolean isLie(Look look) {
    return look.second().equals(new Answer(503, look.after()));
  }

  /** The status was out before. */
  @Override
  Answer halfOut(String old, String truth) {
    return new Answer(503, truth);
  }

  @Test
  void soManyOfAHundredAnswersBelowThePathAreLies() throws Exception {
    InjectionSpec spec = inject(new ProxyWrongStatus(500, 30, "/account"));
    int lies = 0;
    try (HttpCaller caller = lab.caller("any")) {
      for (int i = 0; i < 100; i++) {
        lies += caller.ask("/account").status() == 500 ? 1 : 0;
        assertThat(caller.ask("/mine").status()).isEqualTo(200);
      }
    }
    assertThat(lies).isEqualTo(30);
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void anAnswerOfAnyLengthMayHaveAnotherStatus() throws Exception {
    InjectionSpec spec = inject(fault());
    try (HttpCaller caller = lab.caller("any")) {
      Answer large = caller.ask("/large");
      assertThat(large.status()).isEqualTo(503);
      assertThat(large.body()).startsWith(lab.account()).hasSizeGreaterThan(200_000);
      assertThat(caller.ask("/chunked")).isEqualTo(new Answer(503, lab.account()));
    }
    assertThat(counts().spared()).isZero();
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void aStatusThatCannotBeSaidIsAProblemOfThePlan() {
    assertThat(new ProxyWrongStatus(304, 101, "x y").problems()).hasSize(3);
    assertThat(new ProxyWrongStatus(100, 0, "/").problems()).hasSize(2);
    assertThat(fault().problems()).isEmpty();
  }
}
