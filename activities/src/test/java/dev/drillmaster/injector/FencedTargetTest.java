package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.fault.ProcessTreeFailure.Mode;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.Fence;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fenced target is never started and never continued, whoever heals whatever when. */
@Tag("lab")
@Timeout(60)
final class FencedTargetTest {

  ServiceLab lab;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException, InterruptedException {
    lab = new ServiceLab(directory);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    lab.close();
  }

  @ParameterizedTest(name = "{0} healed by {1}")
  @CsvSource({
    "KILL, workflow",
    "KILL, holder",
    "KILL, watchdog",
    "KILL, reaper",
    "FREEZE, workflow",
    "FREEZE, holder",
    "FREEZE, watchdog",
    "FREEZE, reaper"
  })
  void noLayerBringsAFencedTargetBack(Mode mode, String layer) throws Exception {
    InjectionSpec spec = ServiceLab.spec(new ProcessTreeFailure(mode));
    if (layer.equals("watchdog")) {
      Process holder = lab.process("hold", spec);
      assertThat(lab.line(holder)).isEqualTo("held");
      fence();
      holder.destroyForcibly();
    } else {
      HostInjections injections = lab.injections();
      injections.inject(spec, () -> {});
      fence();
      healBy(layer, injections, spec);
    }
    HealReport report = lab.awaitHealed(spec, spec.bound());
    assertThat(report.fenced()).isTrue();
    assertThat(report.verified()).isTrue();
    assertThat(report.inspection().detail()).contains("fenced, not writable");
    assertNeverBack();
    // Once more, by everybody who may still come.
    assertThat(lab.injections().heal(spec, "heal-command").verified()).isTrue();
    assertThat(lab.injections().healAll("reaper").failed()).isEmpty();
    assertNeverBack();
  }

  private static void healBy(String layer, HostInjections injections, InjectionSpec spec)
      throws IOException {
    switch (layer) {
      case "workflow" -> injections.heal(spec, "workflow");
      case "reaper" -> injections.healAll("reaper");
      default ->
          assertThatThrownBy(
                  () ->
                      injections.hold(
                          spec,
                          () -> {
                            throw new IllegalStateException("cancelled");
                          }))
              .hasMessage("cancelled");
    }
  }

  @Test
  void aFenceThatComesWhileAHealWaitsIsObeyed() throws Exception {
    InjectionSpec spec = ServiceLab.spec(new ProcessTreeFailure(Mode.FREEZE));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    CompletableFuture<HealReport> heal;
    try (HostLock target = lab.journal.lockTarget(ServiceLab.TARGET, Duration.ofSeconds(5))) {
      heal =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return injections.heal(spec, "workflow");
                } catch (IOException failed) {
                  throw new IllegalStateException(failed);
                }
              });
      assertThat(
              Poll.until(
                  Duration.ofSeconds(5), Duration.ofMillis(5), () -> lab.journal.over(spec.id())))
          .isTrue();
      lab.journal.fence(target, someFence());
    }
    assertThat(heal.join().fenced()).isTrue();
    assertNeverBack();
  }

  @Test
  void aFencedTargetIsNotInjected() throws Exception {
    fence();
    InjectionSpec spec = ServiceLab.spec(new ProcessTreeFailure(Mode.FREEZE));
    assertThatThrownBy(() -> lab.injections().prepare(spec))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("fenced");
    assertThatThrownBy(() -> lab.injections().inject(spec, () -> {}))
        .isInstanceOf(RefusedException.class);
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void withTheFenceLiftedTheServiceComesBack() throws Exception {
    InjectionSpec spec = ServiceLab.spec(new ProcessTreeFailure(Mode.KILL));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    fence();
    try (HostLock target = lab.journal.lockTarget(ServiceLab.TARGET, Duration.ofSeconds(5))) {
      lab.journal.liftFence(target, ServiceLab.TARGET);
    }
    assertThat(injections.heal(spec, "workflow").fenced()).isFalse();
    assertThat(lab.serves()).isTrue();
  }

  private void fence() throws IOException, InterruptedException {
    try (HostLock target = lab.journal.lockTarget(ServiceLab.TARGET, Duration.ofSeconds(5))) {
      lab.journal.fence(target, someFence());
    }
  }

  private static Fence someFence() {
    return new Fence(ServiceLab.TARGET, "a test", "failover", Instant.now(), null, null);
  }

  private void assertNeverBack() throws IOException {
    assertThat(lab.starts()).isEqualTo(1);
    assertThat(lab.tree().members()).isEmpty();
  }
}
