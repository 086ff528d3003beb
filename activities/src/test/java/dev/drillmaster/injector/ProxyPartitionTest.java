package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Direction;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProxyLatency;
import dev.drillmaster.fault.ProxyPartition;
import dev.drillmaster.injection.InjectionSpec;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProxyPartitionTest extends RouteContract {

  @Override
  Fault fault() {
    return new ProxyPartition(null);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void whatWaitedPassesAfterHealing(Direction direction) throws Exception {
    InjectionSpec spec = HostLab.spec(new ProxyPartition(direction));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    try (Socket client = lab.connect()) {
      client.setSoTimeout(5000);
      assertThat(lab.serves()).isFalse();
      injections.heal(spec, "workflow");
      assertThat(client.getInputStream().read()).isEqualTo('y');
    }
  }

  @Test
  void aRouteMayBeSlowAndCutAtOnceAndEachIsHealedAlone() throws Exception {
    HostInjections injections = lab.injections();
    InjectionSpec slow = HostLab.spec(new ProxyLatency(Duration.ofMillis(10), null, null, null));
    InjectionSpec cut = HostLab.spec(fault());
    injections.inject(slow, () -> {});
    injections.inject(cut, () -> {});
    assertThat(lab.serves()).isFalse();

    assertThat(injections.heal(cut, "workflow").verified()).isTrue();
    assertThat(lab.serves()).isTrue();
    assertThat(lab.route().rules()).hasSize(1);
    assertThat(injections.heal(slow, "workflow").verified()).isTrue();
    assertThat(lab.route().rules()).isEmpty();
  }
}
