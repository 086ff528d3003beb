package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProxyStaleReplay;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.HttpCaller.Answer;
import dev.drillmaster.injector.HttpRouteLab.Look;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class ProxyStaleReplayTest extends LieContract {

  @Override
  Fault fault() {
    return new ProxyStaleReplay(null);
  }

  @Override
  boolean isLie(Look look) {
    return look.second().equals(look.first()) && !look.second().body().equals(look.after());
  }

  /** The old one was out whole before. */
  @Override
  Answer halfOut(String old, String truth) {
    return new Answer(200, old);
  }

  @Test
  void everyCallerHearsTheFirstAnswerOfAllAndEachPathHasItsOwn() throws Exception {
    InjectionSpec spec = inject(fault());
    String first = lab.account();
    try (HttpCaller one = lab.caller("one");
        HttpCaller two = lab.caller("two")) {
      assertThat(one.ask("/account").body()).isEqualTo(first);
      lab.change();
      assertThat(two.ask("/account").body()).isEqualTo(first);
      assertThat(two.ask("/chunked").body()).isEqualTo(lab.account());
      assertThat(two.ask("/account?again").body()).isEqualTo(lab.account());
      two.send("POST", "/account", "Content-Length: 0");
      assertThat(two.read().body()).isEqualTo(lab.account());
    }
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void nobodyHearsWhatWasForSomebodyElse() throws Exception {
    InjectionSpec spec = inject(fault());
    try (HttpCaller caller = lab.caller("any")) {
      Answer ofAnn = caller.ask("/mine", "Authorization: ann");
      assertThat(ofAnn.body()).startsWith("ann has");
      assertThat(caller.ask("/mine", "Authorization: bob").body()).startsWith("bob has");
      lab.change();
      assertThat(caller.ask("/mine", "Authorization: ann")).isEqualTo(ofAnn);
    }
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void anAnswerThatIsTooLongIsNotKeptAndIsCounted() throws Exception {
    InjectionSpec spec = inject(fault());
    long before = counts().spared();
    try (HttpCaller caller = lab.caller("any")) {
      caller.ask("/large");
      lab.change();
      assertThat(caller.ask("/large").body()).startsWith(lab.account());
    }
    assertThat(counts().spared() - before).isEqualTo(2);
    lab.injections().heal(spec, "workflow");
  }
}
