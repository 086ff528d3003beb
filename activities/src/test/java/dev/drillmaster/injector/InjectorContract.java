package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Expiry;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.Signal;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every injector keeps, on a real target. One subclass for each mechanism and mode. */
@Tag("lab")
@Timeout(60)
abstract class InjectorContract<L extends HostLab> {

  Path directory;
  L lab;

  /** A host with the target that the fault is for, running. */
  abstract L start(Path made) throws IOException, InterruptedException;

  /** The fault. */
  abstract Fault fault();

  /** Whether what ends the fault when everything of ours is dead is there, looked at by itself. */
  abstract boolean armed(InjectionSpec spec) throws IOException, InterruptedException;

  /** What of the target must be the same after nothing was done to it. */
  abstract Object untouched() throws IOException, InterruptedException;

  /** Whether the effect is there, by looking at the target with other code than the injector's. */
  abstract boolean effectSeen();

  /** On which machines none of this runs, for the catalogue; empty if it does on all. */
  String notExercised() {
    return "";
  }

  @BeforeEach
  void startTheTarget(@TempDir Path made) throws IOException, InterruptedException {
    directory = made;
    lab = start(made);
  }

  @AfterEach
  void stopTheTarget() throws IOException, InterruptedException {
    // There is none where the tier lacks something: then the test is skipped, not broken.
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void prepareWritesNothing() throws Exception {
    Set<String> before = files();
    assertThat(lab.injections().prepare(HostLab.spec(fault())).priorState()).isNotBlank();
    assertThat(files()).isEqualTo(before);
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void intentUndoAndExpiryComeBeforeTheFirstChangeOfTheTarget() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    CompletableFuture<String> seen = new CompletableFuture<>();
    InjectionListener looking =
        new InjectionListener() {
          @Override
          public void beforeInject(InjectionSpec about) {
            try {
              assertThat(lab.journal.intent(spec.id())).contains(spec);
              assertThat(lab.journal.watchdogLog(spec.id()).resolveSibling("undo.json")).exists();
              assertThat(armed(spec)).isTrue();
              seen.complete("effect " + effectSeen());
            } catch (IOException | InterruptedException failed) {
              seen.completeExceptionally(failed);
            }
          }
        };
    HostInjections injections = lab.injections(looking);
    injections.inject(spec, () -> {});
    assertThat(seen.getNow("not called")).isEqualTo("effect false");
    injections.heal(spec, "workflow");
  }

  @Test
  void theEffectIsSeenAtTheTargetAndGoneAfterHeal() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    Injected injected = injections.inject(spec, () -> {});
    assertThat(injected.inspection().state()).isEqualTo(Inspection.State.PRESENT);
    assertThat(effectSeen()).isTrue();
    assertThat(lab.serves()).isFalse();

    HealReport report = injections.heal(spec, "workflow");
    assertThat(report.verified()).isTrue();
    assertThat(report.everInjected()).isTrue();
    assertThat(report.by()).isEqualTo("workflow");
    assertThat(effectSeen()).isFalse();
    assertThat(lab.awaitServes(Duration.ofSeconds(2))).isTrue();
    assertThat(armed(spec)).isFalse();
    assertThat(lab.journal.open()).isEmpty();
  }

  @Test
  void anIdIsUsedOnceAndForEver() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    assertThatThrownBy(() -> injections.inject(spec, () -> {}))
        .isInstanceOf(RefusedException.class);
    injections.heal(spec, "workflow");
    assertThatThrownBy(() -> injections.inject(spec, () -> {}))
        .isInstanceOf(RefusedException.class);
    assertThat(lab.awaitServes(Duration.ofSeconds(2))).isTrue();
  }

  @Test
  void aSecondInjectionOnTheSameTargetIsRefused() throws Exception {
    InjectionSpec first = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    injections.inject(first, () -> {});
    assertThatThrownBy(() -> injections.prepare(HostLab.spec(fault())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(first.id().toString());
    assertThatThrownBy(() -> injections.inject(HostLab.spec(fault()), () -> {}))
        .isInstanceOf(RefusedException.class);
    assertThat(injections.heal(first, "workflow").verified()).isTrue();
  }

  @Test
  void aLateInjectAfterHealChangesNothing() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    Object before = untouched();
    // Delivered late on purpose: while it waits for the answer, the heal comes and goes.
    assertThatThrownBy(
            () ->
                injections.inject(
                    spec,
                    () -> {
                      try {
                        HealReport early = injections.heal(spec, "workflow");
                        assertThat(early.everInjected()).isFalse();
                        assertThat(early.verified()).isTrue();
                      } catch (IOException failed) {
                        throw new IllegalStateException(failed);
                      }
                    }))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is over");
    assertThat(effectSeen()).isFalse();
    assertThat(untouched()).isEqualTo(before);
  }

  @Test
  void healIsIdempotentAndKeepsTheFirstReport() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    HealReport first = injections.heal(spec, "workflow");
    Object before = untouched();
    HealReport second = lab.injections().heal(spec, "heal-command");
    assertThat(second.healedAt()).isEqualTo(first.healedAt());
    assertThat(second.by()).isEqualTo("workflow");
    assertThat(second.verified()).isTrue();
    assertThat(untouched()).isEqualTo(before);
  }

  @Test
  void healIsSafeWhenTheTargetIsGone() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    lab.destroyTarget();
    assertThat(injections.heal(spec, "workflow").verified()).isTrue();
    assertThat(effectSeen()).isFalse();
  }

  @Test
  void afterSigkillOfEverythingOfOursItIsGoneWithinTheBound() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    Process holder = lab.process("hold", spec);
    assertThat(lab.line(holder)).isEqualTo("held");
    assertThat(effectSeen()).isTrue();
    long killed = System.nanoTime();
    holder.destroyForcibly();
    awaitGone(spec, "SIGKILL", killed);
    assertThat(lab.journal.expired(spec.id())).isEqualTo(fault().expiry() == Expiry.WATCHDOG);
  }

  @Test
  void afterSigstopOfEverythingOfOursItIsGoneWithinTheBoundAndTheLapseIsReported()
      throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    Process holder = lab.process("hold", spec);
    assertThat(lab.line(holder)).isEqualTo("held");
    long stopped = System.nanoTime();
    Signal.STOP.send(List.of(HostLab.id(holder)));
    awaitGone(spec, "SIGSTOP", stopped);
    // It thaws and would like to renew.
    Signal.CONT.send(List.of(HostLab.id(holder)));
    HoldReport report = Wire.json().readValue(lab.line(holder), HoldReport.class);
    assertThat(report.lapsed()).isTrue();
    assertThat(effectSeen()).isFalse();
    assertThat(lab.serves()).isTrue();
  }

  private void awaitGone(InjectionSpec spec, String signal, long since) throws Exception {
    assertThat(Poll.until(spec.bound(), Duration.ofMillis(5), () -> !effectSeen() && lab.serves()))
        .isTrue();
    System.out.printf(
        "%s %s: %s of everything of ours to gone %d ms, bound %d ms%n",
        spec.fault().mechanism(),
        spec.fault().effect(),
        signal,
        (System.nanoTime() - since) / 1_000_000,
        spec.bound().toMillis());
    if (fault().expiry() == Expiry.WATCHDOG) {
      assertThat(lab.awaitHealed(spec, Duration.ofSeconds(5)).by()).isEqualTo("watchdog");
    } else {
      // The target knows no journal: whoever comes next closes the books.
      assertThat(lab.injections().heal(spec, "reaper").everInjected()).isTrue();
    }
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      Set<String> names = new TreeSet<>();
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        names.add(each + " " + Files.size(each) + " " + Files.getLastModifiedTime(each));
      }
      return names;
    }
  }
}
