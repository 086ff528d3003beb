package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Direction;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ToxiproxyLatency;
import dev.drillmaster.injection.InjectionSpec;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class ToxiproxyLatencyTest extends ToxiproxyContract {

  private static final Duration DELAY = Duration.ofMillis(800);

  @Override
  Fault fault() {
    return new ToxiproxyLatency(DELAY, null, null, null);
  }

  @Test
  void everyAnswerIsLateByTheDelay() throws Exception {
    ToxiproxyLatency late =
        new ToxiproxyLatency(Duration.ofMillis(200), null, null, Direction.TO_CLIENT);
    InjectionSpec spec = HostLab.spec(late, Duration.ofSeconds(20), Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    for (int i = 0; i < 5; i++) {
      // A busy machine may be later, never earlier.
      assertThat(lab.millisToAnswer()).isBetween(200L, 1000L);
    }
    lab.injections().heal(spec, "workflow");
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void delayAndLimitAreToxicsOfTheirOwn() throws Exception {
    InjectionSpec spec = HostLab.spec(new ToxiproxyLatency(DELAY, null, 50, Direction.TO_CLIENT));
    lab.injections().inject(spec, () -> {});
    String prefix = "drillmaster_" + spec.id();
    assertThat(lab.toxics())
        .containsExactlyInAnyOrder(
            prefix + "_latency_downstream", prefix + "_bandwidth_downstream", ToxiproxyLab.THEIRS);
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
  }

  @Test
  void aFaultThatChangesNothingIsAProblemOfThePlan() {
    assertThat(new ToxiproxyLatency(null, null, null, null).problems())
        .singleElement()
        .asString()
        .contains("changes nothing");
  }
}
