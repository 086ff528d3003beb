package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.fault.ProcessTreeFailure.Mode;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.LockTimeoutException;
import dev.drillmaster.policy.Policy;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.watchdog.WatchdogExpiry;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when those who inject and those who heal meet, or are frozen, or die. */
@Tag("lab")
@Timeout(60)
final class InjectionRacesTest {

  private static final Fault FREEZE = new ProcessTreeFailure(Mode.FREEZE);
  private static final Fault KILL = new ProcessTreeFailure(Mode.KILL);

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
  void aLateRenewalAfterHealChangesNothing() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    CompletableFuture<Lease> armed = new CompletableFuture<>();
    WatchdogExpiry watchdogs = new WatchdogExpiry(lab.journal, lab.targets);
    TargetExpiry recording =
        (injection, cancelled) -> {
          Lease lease = watchdogs.arm(injection, cancelled);
          armed.complete(lease);
          return lease;
        };
    HostInjections injections =
        new HostInjections(
            new Host(
                lab.journal,
                lab.targets,
                Injectors.all(),
                recording,
                Policy.EVERYTHING,
                List.of()));
    injections.inject(spec, () -> {});
    Lease lease = armed.getNow(null);
    assertThat(lease.renew()).isTrue();
    lab.injections().heal(spec, "heal-command");
    assertThat(lease.renew()).isFalse();
    assertThat(lab.allFrozen()).isFalse();
    assertThat(lab.serves()).isTrue();
    injections.heal(spec, "workflow");
  }

  @Test
  void aRunThatIsBeingRolledBackInjectsNothing() throws Exception {
    InjectionSpec spec = ServiceLab.spec(KILL);
    lab.journal.endRun(spec.runId());

    assertThatThrownBy(() -> lab.injections().prepare(spec))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("run " + spec.runId() + " is being rolled back or over");
    assertThatThrownBy(() -> lab.injections().inject(spec, () -> {}))
        .isInstanceOf(RefusedException.class);
    assertThat(lab.journal.intent(spec.id())).isEmpty();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void aFrozenLockHolderIsEvictedAfterHalfASecond() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    Process frozen = lab.process("lock", spec);
    assertThat(lab.line(frozen)).isEqualTo("locked");
    Signal.STOP.send(List.of(ServiceLab.id(frozen)));
    long begun = System.nanoTime();
    HealReport report = lab.injections().heal(spec, "workflow");
    long millis = (System.nanoTime() - begun) / 1_000_000;
    assertThat(millis).isBetween(500L, 1500L);
    assertThat(frozen.waitFor()).isEqualTo(137);
    assertThat(report.everInjected()).isFalse();
    assertThat(lab.journal.over(spec.id())).isTrue();
  }

  @Test
  void aRollbackEvictsAFrozenHolderOfItsSystem() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    Process frozen = lab.process("lock-system", spec);
    assertThat(lab.line(frozen)).isEqualTo("locked");
    Signal.STOP.send(List.of(ServiceLab.id(frozen)));
    assertThatThrownBy(() -> lab.journal.lockSystem(spec.host(), Duration.ofSeconds(1)))
        .isInstanceOf(LockTimeoutException.class);

    lab.journal.lockSystemOrEvict(spec.host(), Duration.ofSeconds(5)).close();

    assertThat(frozen.waitFor()).isEqualTo(137);
  }

  @Test
  void settlingEvictsAFrozenHolderOfANodeAndBuriesNothing() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    Process frozen = lab.process("lock", spec);
    assertThat(lab.line(frozen)).isEqualTo("locked");
    Signal.STOP.send(List.of(ServiceLab.id(frozen)));

    lab.journal.lockTargetOrEvict(ServiceLab.TARGET, Duration.ofSeconds(5)).close();

    assertThat(frozen.waitFor()).isEqualTo(137);
    assertThat(lab.journal.over(spec.id())).isFalse();
  }

  @Test
  void aWatchdogEvictsAFrozenLockHolder() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    Process holder = lab.process("hold", spec);
    assertThat(lab.line(holder)).isEqualTo("held");
    Process frozen = lab.process("lock", spec);
    assertThat(lab.line(frozen)).isEqualTo("locked");
    Signal.STOP.send(List.of(ServiceLab.id(frozen)));
    holder.destroyForcibly();
    assertThat(lab.awaitHealed(spec, spec.bound()).by()).isEqualTo("watchdog");
    assertThat(frozen.waitFor()).isEqualTo(137);
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void aLockHolderAtWorkIsNotEvicted() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    Process working = lab.process("lock", spec);
    assertThat(lab.line(working)).isEqualTo("locked");
    CompletableFuture<HealReport> heal =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return lab.injections().heal(spec, "workflow");
              } catch (IOException failed) {
                throw new IllegalStateException(failed);
              }
            });
    // Three times the patience with a frozen holder.
    assertThat(Poll.until(Duration.ofMillis(1500), Duration.ofMillis(50), heal::isDone)).isFalse();
    assertThat(working.isAlive()).isTrue();
    working.destroyForcibly();
    assertThat(heal.join().verified()).isTrue();
  }

  @Test
  void twoProcessesAndTheWatchdogAtOnceHealOnce() throws Exception {
    InjectionSpec spec = ServiceLab.spec(KILL);
    Process holder = lab.process("hold", spec);
    assertThat(lab.line(holder)).isEqualTo("held");
    Process other = lab.process("heal", spec);
    assertThat(lab.line(other)).isEqualTo("ready");

    holder.destroyForcibly();
    other.getOutputStream().write(1);
    other.getOutputStream().flush();
    HealReport mine = lab.injections().heal(spec, "workflow");
    HealReport others = Wire.json().readValue(lab.line(other), HealReport.class);

    Set<Object> healedAt = new HashSet<>(List.of(mine.healedAt(), others.healedAt()));
    healedAt.add(lab.awaitHealed(spec, Duration.ofSeconds(5)).healedAt());
    assertThat(healedAt).hasSize(1);
    assertThat(lab.starts()).isEqualTo(2);
    ProcessId watchdog = lab.journal.watchdog(spec.id()).orElseThrow();
    assertThat(Poll.until(Duration.ofSeconds(5), Duration.ofMillis(5), () -> !watchdog.isRunning()))
        .isTrue();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void deathBetweenIntendAndInjectLeavesNothingOpen() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    assertThat(lab.process("halt", spec).waitFor()).isEqualTo(9);
    HealReport report = lab.awaitHealed(spec, spec.bound());
    assertThat(report.everInjected()).isFalse();
    assertThat(report.by()).isEqualTo("watchdog");
    assertThat(lab.serves()).isTrue();
    assertThat(lab.journal.open()).isEmpty();
  }

  @Test
  void aFailureAfterTheChangeHealsBeforeItIsThrown() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    InjectionListener broken =
        new InjectionListener() {
          @Override
          public void afterInject(InjectionSpec about, Injected injected) {
            throw new IllegalStateException("the mark cannot be written");
          }
        };
    assertThatThrownBy(() -> lab.injections(broken).inject(spec, () -> {}))
        .hasMessage("the mark cannot be written");
    assertThat(lab.serves()).isTrue();
    assertThat(lab.journal.healed(spec.id()).orElseThrow().by()).isEqualTo("holder");
  }

  @Test
  void aBrokenListenerDoesNotStopHealing() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    InjectionListener broken =
        new InjectionListener() {
          @Override
          public void afterHeal(InjectionSpec about, HealReport report) {
            throw new IllegalStateException("the mark cannot be written");
          }
        };
    HostInjections injections = lab.injections(broken);
    injections.inject(spec, () -> {});
    assertThat(injections.heal(spec, "workflow").verified()).isTrue();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void aTombstoneJustBeforeTheChangeStopsIt() throws Exception {
    InjectionSpec spec = ServiceLab.spec(KILL);
    InjectionListener healer =
        new InjectionListener() {
          @Override
          public void beforeInject(InjectionSpec about) {
            try {
              lab.journal.bury(spec.id());
            } catch (IOException failed) {
              throw new IllegalStateException(failed);
            }
          }
        };
    assertThatThrownBy(() -> lab.injections(healer).inject(spec, () -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("healed before it began");
    assertThat(lab.serves()).isTrue();
    assertThat(lab.starts()).isEqualTo(1);
    assertThat(lab.journal.open()).isEmpty();
  }

  @Test
  void aHealWhileTheWatchdogIsBeingArmedNeedNotWaitForIt() throws Exception {
    InjectionSpec spec = ServiceLab.spec(KILL);
    HostInjections injections = lab.injections();
    CompletableFuture<String> inject =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                injections.inject(spec, () -> {});
                return "injected";
              } catch (IOException | InterruptedException | RuntimeException failed) {
                return failed.toString();
              }
            });
    assertThat(
            Poll.until(
                Duration.ofSeconds(5),
                Duration.ofMillis(1),
                () -> lab.journal.intent(spec.id()).isPresent()))
        .isTrue();
    HealReport report = injections.heal(spec, "workflow");
    assertThat(report.everInjected()).isFalse();
    assertThat(inject.get(5, TimeUnit.SECONDS)).isNotEqualTo("injected");
    assertThat(lab.serves()).isTrue();
    assertThat(lab.starts()).isEqualTo(1);
  }

  @Test
  void noAnswerMeansNoAction() {
    InjectionSpec spec = ServiceLab.spec(KILL);
    assertThatThrownBy(
            () ->
                lab.injections()
                    .inject(
                        spec,
                        () -> {
                          throw new IllegalStateException("no answer");
                        }))
        .hasMessage("no answer");
    assertThat(lab.serves()).isTrue();
    assertThat(lab.journal.directory().resolve("injections")).doesNotExist();
  }

  @Test
  void anInterruptedHealStillHeals() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    Thread.currentThread().interrupt();
    HealReport report = injections.heal(spec, "workflow");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.verified()).isTrue();
    assertThat(lab.serves()).isTrue();
  }
}
