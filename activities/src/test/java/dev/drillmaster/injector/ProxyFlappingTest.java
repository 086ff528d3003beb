package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProxyFlapping;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class ProxyFlappingTest extends RouteContract {

  private static final Duration CUT = Duration.ofMillis(1500);
  private static final Duration PASS = Duration.ofMillis(200);
  private static final Duration NEXT_CUT = PASS.plusMillis(RouteLab.PATIENCE_MILLIS + 200);

  @Override
  Fault fault() {
    return new ProxyFlapping(CUT, PASS, null);
  }

  /** Whoever is answered looks again; one look may have waited for the end of the last cut. */
  @Override
  boolean effectSeen() {
    try {
      return Poll.until(NEXT_CUT, lab::isSilent);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException ending) {
      throw new IllegalStateException(ending);
    }
  }

  @Test
  void itPassesAgainAndAgainWhileItIsHeld() throws Exception {
    InjectionSpec spec =
        HostLab.spec(
            new ProxyFlapping(Duration.ofMillis(400), Duration.ofMillis(300), null),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    for (int turn = 0; turn < 3; turn++) {
      assertThat(Poll.until(Duration.ofSeconds(5), () -> !lab.serves())).isTrue();
      assertThat(Poll.until(Duration.ofSeconds(5), lab::serves)).isTrue();
    }
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
  }

  @Test
  void whatWaitedPassesAtTheNextTurn() throws Exception {
    InjectionSpec spec = HostLab.spec(fault(), Duration.ofSeconds(30), Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    try (Socket client = lab.connect()) {
      client.setSoTimeout(10_000);
      assertThat(client.getInputStream().read()).isEqualTo('y');
    }
    assertThat(lab.route().rules()).singleElement().matches(each -> each.inForce());
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void turnsThatCannotBeTakenAreProblemsOfThePlan() {
    assertThat(new ProxyFlapping(Duration.ZERO, Duration.ofHours(1), null).problems()).hasSize(2);
    assertThat(new ProxyFlapping(null, null, null).problems()).isEmpty();
  }
}
