package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Direction;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ToxiproxyPartition;
import dev.drillmaster.injection.InjectionSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class ToxiproxyPartitionTest extends ToxiproxyContract {

  @Override
  Fault fault() {
    return new ToxiproxyPartition(null);
  }

  @Test
  void theOtherDirectionIsNotAffected() throws Exception {
    InjectionSpec spec = HostLab.spec(new ToxiproxyPartition(Direction.TO_UPSTREAM));
    lab.injections().inject(spec, () -> {});
    assertThat(lab.serves()).isTrue();
    lab.injections().heal(spec, "workflow");
  }
}
