package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.NetemDelay;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A kernel without netem is told from one with it, and nothing is begun there. */
@Tag("lab")
@Tag("full")
@Timeout(60)
final class NetemRefusalTest {

  private static final NetemDelay FAULT =
      new NetemDelay(Duration.ofMillis(200), Duration.ofMillis(20), 5);

  @Test
  void aKernelWithoutNetemIsRefusedWithWhatItLacks(@TempDir Path directory) throws Exception {
    NamespaceLab lab = new NamespaceLab(directory, 1, 500);
    try {
      Assumptions.assumeFalse(
          NetemDelayTest.kernelHasNetem(), "the kernel has netem: NetemDelayTest runs instead");
      lab.targets.define(HostLab.TARGET, QueueContract.device("eth0", lab.host(), null));
      String before = lab.inHost("tc", "qdisc", "show");
      // tc(8) has read the parameters: it is the kernel that does not know the kind.
      assertThatThrownBy(() -> lab.injections().inject(HostLab.spec(FAULT), () -> {}))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("no netem here")
          .hasMessageContaining("qdisc kind is unknown")
          .hasMessageContaining("sch_netem")
          .hasMessageContaining("linux-modules-extra");
      assertThat(lab.inHost("tc", "qdisc", "show")).isEqualTo(before);
      assertThat(lab.journal.open()).isEmpty();
    } finally {
      lab.close();
    }
  }

  @Test
  void aFaultThatChangesNothingIsAProblemOfThePlan() {
    assertThat(FAULT.problems()).isEmpty();
    assertThat(FAULT.effect())
        .isEqualTo(
            "add a delay of 200 ms +/- 20 ms to what comes out and lose 5 % of the packets that"
                + " come out");
    assertThat(new NetemDelay(null, null, null).problems()).hasSize(1);
    assertThat(new NetemDelay(Duration.ofMinutes(2), Duration.ofMinutes(3), 91).problems())
        .hasSize(3);
  }
}
