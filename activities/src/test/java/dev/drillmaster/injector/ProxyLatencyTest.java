package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Direction;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProxyLatency;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.Poll;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class ProxyLatencyTest extends RouteContract {

  private static final Duration DELAY = Duration.ofMillis(800);

  @Override
  Fault fault() {
    return new ProxyLatency(DELAY, null, null, null);
  }

  @Test
  void everyAnswerIsLateByTheDelayAndTheJitterAtMost() throws Exception {
    InjectionSpec spec =
        HostLab.spec(
            new ProxyLatency(
                Duration.ofMillis(200), Duration.ofMillis(100), null, Direction.TO_CLIENT),
            Duration.ofSeconds(20),
            Duration.ofMinutes(1));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    for (int i = 0; i < 10; i++) {
      // A busy machine may be later, never earlier.
      assertThat(lab.millisToAnswer()).isBetween(99L, 1000L);
    }
    injections.heal(spec, "workflow");
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void noMorePassesThanTheLimit() throws Exception {
    ProxyLatency limit = new ProxyLatency(null, null, 50, Direction.TO_UPSTREAM);
    InjectionSpec spec = HostLab.spec(limit, Duration.ofSeconds(20), Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    long before = lab.route().bytesUp();
    long begin = System.nanoTime();
    try (Socket client = lab.connect()) {
      client.getOutputStream().write(new byte[50_000]);
      assertThat(Poll.until(Duration.ofSeconds(10), () -> lab.route().bytesUp() - before >= 50_000))
          .isTrue();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(950));
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    assertThat(lab.route().bytesHeld()).isZero();
  }

  @Test
  void theOtherDirectionIsNotAffected() throws Exception {
    InjectionSpec spec = HostLab.spec(new ProxyLatency(DELAY, null, null, Direction.TO_UPSTREAM));
    lab.injections().inject(spec, () -> {});
    assertThat(lab.serves()).isTrue();
    lab.injections().heal(spec, "workflow");
  }

  @Test
  void aFaultThatChangesNothingIsAProblemOfThePlan() {
    assertThat(new ProxyLatency(null, null, null, null).problems())
        .singleElement()
        .asString()
        .contains("changes nothing");
    assertThat(new ProxyLatency(DELAY, DELAY.plusMillis(1), 0, null).problems()).hasSize(2);
    assertThat(new ProxyLatency(Duration.ofHours(1), null, null, null).problems()).hasSize(1);
  }
}
