package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.TbfBandwidth;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.BoundedCommand;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class TbfBandwidthTest extends QueueContract {

  private static final int KILOBYTES = 50;

  @Override
  Fault fault() {
    return new TbfBandwidth(KILOBYTES);
  }

  @Override
  String kind() {
    return "tbf";
  }

  @Test
  void noMoreLeavesThanTheLimit() throws Exception {
    InjectionSpec spec = HostLab.spec(fault(), Duration.ofSeconds(20), Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    long begin = System.nanoTime();
    assertThat(lab.ask("new " + NamespaceLab.PORT + " 100000 20000")).isEqualTo("ok");
    // 100 kB and headers at 50 kB/s, but for what the bucket held.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1800));
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
  }

  /** Frozen with the agent, that is; the agent is killed, and whoever heals knows the process. */
  @Test
  void aChangeThatWasFrozenOnItsWayDoesNotComeAfterHealing() throws Exception {
    Object before = untouched();
    TbfBandwidthInjector injector = new TbfBandwidthInjector();
    TbfBandwidth fault = new TbfBandwidth(KILOBYTES);
    Target target = lab.targets.find(HostLab.TARGET).orElseThrow();
    QueueUndo undo = injector.capture(fault, target, HostLab.spec(fault));
    try (BoundedCommand adding = undo.queue().adding()) {
      ProcessId process = adding.id().orElseThrow();
      // It has become tc, which waits for its line.
      assertThat(Poll.until(Duration.ofSeconds(5), () -> isTc(process))).isTrue();
      Signal.STOP.send(List.of(process));
      assertThat(Poll.until(Duration.ofSeconds(5), process::isFrozen)).isTrue();
      CompletableFuture<Void> added =
          CompletableFuture.runAsync(() -> add(undo, adding, injector.parameters(fault, 1500)));
      injector.heal(fault, target, undo.by(process), changed -> {});
      Signal.CONT.send(List.of(process));
      assertThatThrownBy(added::join).hasRootCauseInstanceOf(IOException.class);
      assertThat(process.isRunning()).isFalse();
    }
    assertThat(untouched()).isEqualTo(before);
  }

  private static boolean isTc(ProcessId process) {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().command())
        .filter(command -> command.endsWith("/tc"))
        .isPresent();
  }

  private static void add(QueueUndo undo, BoundedCommand adding, String parameters) {
    try {
      undo.queue().add(adding, parameters);
    } catch (IOException | InterruptedException killed) {
      throw new IllegalStateException(killed);
    }
  }

  @Test
  void aLimitThatIsNoneIsAProblemOfThePlan() {
    assertThat(new TbfBandwidth(0).problems()).singleElement().asString().contains("at least 1");
    assertThat(new TbfBandwidth(2_000_000).problems()).singleElement().asString().contains("most");
    assertThat(fault().problems()).isEmpty();
  }
}
