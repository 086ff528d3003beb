package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.fault.ProcessTreeFailure.Mode;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a fault is held, and how holding ends. */
@Tag("lab")
@Timeout(60)
final class HoldTest {

  private static final Fault FREEZE = new ProcessTreeFailure(Mode.FREEZE);

  ServiceLab lab;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException, InterruptedException {
    lab = new ServiceLab(directory);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    lab.close();
  }

  @Test
  void theFaultOutlivesItsLeaseWhileItIsHeld() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE, Duration.ofMillis(800), Duration.ofMinutes(1));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    CompletableFuture<HoldReport> hold = holding(injections, spec, () -> {});
    assertThat(Poll.until(Duration.ofMillis(2400), Duration.ofMillis(20), () -> !lab.allFrozen()))
        .isFalse();
    injections.heal(spec, "workflow");
    HoldReport report = hold.get(5, TimeUnit.SECONDS);
    assertThat(report.lapsed()).isFalse();
    assertThat(report.endedBy()).isEqualTo("healed");
    assertThat(report.renewals()).isGreaterThan(8);
    assertThat(report.longestGap()).isLessThan(Duration.ofMillis(800));
  }

  @Test
  void aHeartbeatThatHangsDoesNotStopTheRenewals() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE, Duration.ofMillis(800), Duration.ofMinutes(1));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    CountDownLatch answer = new CountDownLatch(1);
    CompletableFuture<HoldReport> hold =
        holding(
            injections,
            spec,
            () -> {
              try {
                answer.await();
              } catch (InterruptedException cancelled) {
                throw new IllegalStateException(cancelled);
              }
            });
    assertThat(Poll.until(Duration.ofMillis(2000), Duration.ofMillis(20), () -> !lab.allFrozen()))
        .isFalse();
    answer.countDown();
    injections.heal(spec, "workflow");
    assertThat(hold.get(5, TimeUnit.SECONDS).lapsed()).isFalse();
  }

  @Test
  void aHeartbeatThatThrowsHealsAndIsHandedOn() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    assertThatThrownBy(
            () ->
                injections.hold(
                    spec,
                    () -> {
                      throw new IllegalStateException("cancelled");
                    }))
        .hasMessage("cancelled");
    assertThat(lab.serves()).isTrue();
    assertThat(lab.journal.healed(spec.id()).orElseThrow().by()).isEqualTo("holder");
    assertThat(lab.journal.expired(spec.id())).isFalse();
  }

  @Test
  void theLatestEndHealsWithoutALapse() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE, ServiceLab.LEASE, Duration.ofMillis(1500));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    long begun = System.nanoTime();
    HoldReport report = injections.hold(spec, () -> {});
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    assertThat(report.endedBy()).isEqualTo("latest end");
    assertThat(report.lapsed()).isFalse();
    assertThat(lab.serves()).isTrue();
    assertThat(lab.journal.healed(spec.id()).orElseThrow().by()).isEqualTo("holder");
  }

  @Test
  void aLostWatchdogEndsTheHoldAndHeals() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    ProcessKiller.kill(List.of(lab.journal.watchdog(spec.id()).orElseThrow()));
    HoldReport report = injections.hold(spec, () -> {});
    assertThat(report.lapsed()).isTrue();
    assertThat(report.endedBy()).isEqualTo("nothing keeps the lease");
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void withoutAHoldTheLeaseRunsOutAndALaterHoldSaysSo() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE, Duration.ofMillis(800), Duration.ofMinutes(1));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    assertThat(lab.awaitHealed(spec, spec.bound()).by()).isEqualTo("watchdog");
    HoldReport report = injections.hold(spec, () -> {});
    assertThat(report.lapsed()).isTrue();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void sigtermToTheWatchdogHeals() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    ProcessId watchdog = lab.journal.watchdog(spec.id()).orElseThrow();
    CompletableFuture<HoldReport> hold = holding(injections, spec, () -> {});
    Signal.TERM.send(List.of(watchdog));
    assertThat(lab.awaitHealed(spec, Duration.ofSeconds(5)).by()).isEqualTo("watchdog");
    assertThat(lab.serves()).isTrue();
    // It was ended by nobody's decision, so the run proves nothing.
    assertThat(hold.get(5, TimeUnit.SECONDS).lapsed()).isTrue();
  }

  @Test
  void healingAFrozenServiceIsFastAndEndsTheHoldAtOnce() throws Exception {
    List<Long> heals = new ArrayList<>();
    List<Long> holds = new ArrayList<>();
    List<Long> injects = new ArrayList<>();
    HostInjections injections = lab.injections();
    for (int round = 0; round < 3; round++) {
      InjectionSpec spec = ServiceLab.spec(FREEZE);
      long injecting = System.nanoTime();
      injections.inject(spec, () -> {});
      injects.add((System.nanoTime() - injecting) / 1_000_000);
      CompletableFuture<HoldReport> hold = holding(injections, spec, () -> {});
      assertThat(Poll.until(Duration.ofSeconds(5), Duration.ofMillis(2), lab::allFrozen)).isTrue();
      long healing = System.nanoTime();
      HealReport report = injections.heal(spec, "workflow");
      heals.add((System.nanoTime() - healing) / 1_000_000);
      hold.get(5, TimeUnit.SECONDS);
      holds.add((System.nanoTime() - healing) / 1_000_000);
      assertThat(report.verified()).isTrue();
    }
    System.out.println("MEASURE inject ms " + injects);
    System.out.println("MEASURE heal ms " + heals + " hold ended ms " + holds);
    Collections.sort(heals);
    assertThat(heals.get(heals.size() / 2)).isLessThan(200);
  }

  private static CompletableFuture<HoldReport> holding(
      HostInjections injections, InjectionSpec spec, Heartbeat heartbeat) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return injections.hold(spec, heartbeat);
          } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
          }
        });
  }
}
