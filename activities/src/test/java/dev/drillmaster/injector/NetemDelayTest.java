package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.NetemDelay;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.BoundedCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where the kernel has no netem, {@link NetemRefusalTest} is what there is. */
@Tag("full")
final class NetemDelayTest extends QueueContract {

  private static final Duration DELAY = Duration.ofMillis(800);

  /** Not by our own code, which says so in its refusal. */
  static boolean kernelHasNetem() throws IOException, InterruptedException {
    List<String> words =
        List.of("unshare", "--net", "tc", "qdisc", "add", "dev", "lo", "root", "netem");
    return BoundedCommand.run(words, "", Duration.ofSeconds(5)).succeeded();
  }

  /** Not a need of the tier: no package gives a kernel a module that it was built without. */
  @BeforeAll
  static void needNetem() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        kernelHasNetem(), "missing: the kernel module sch_netem; NetemRefusalTest runs instead");
  }

  @Override
  String notExercised() {
    return "where the kernel has no sch_netem";
  }

  @Override
  Fault fault() {
    return new NetemDelay(DELAY, null, null);
  }

  @Override
  String kind() {
    return "netem";
  }

  @Test
  void everyAnswerIsLateByTheDelay() throws Exception {
    InjectionSpec spec = HostLab.spec(fault(), Duration.ofSeconds(20), Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    long begin = System.nanoTime();
    assertThat(lab.ask("new " + NamespaceLab.PORT + " 1 20000")).isEqualTo("ok");
    // The first packet and the byte, each once.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(DELAY.multipliedBy(2));
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
  }
}
