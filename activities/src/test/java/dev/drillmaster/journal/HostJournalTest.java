package dev.drillmaster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
final class HostJournalTest {

  private static final Duration WAIT = Duration.ofSeconds(5);

  private final InjectionSpec spec =
      new InjectionSpec(
          UUID.randomUUID(),
          UUID.randomUUID(),
          "1",
          new ProcessTreeFailure(ProcessTreeFailure.Mode.KILL),
          "database",
          "here",
          Duration.ofSeconds(5),
          Duration.ofMinutes(1));
  Path directory;
  HostJournal journal;

  @BeforeEach
  void create(@TempDir Path made) {
    directory = made;
    journal = new HostJournal(made.resolve("journal"));
  }

  @Test
  void anIntentIsReadBackByAnotherJournalOfTheSameDirectory() throws IOException {
    assertThat(journal.intend(spec)).isTrue();
    HostJournal again = new HostJournal(directory.resolve("journal"));
    assertThat(again.intent(spec.id())).contains(spec);
    assertThat(again.open()).containsExactly(new OpenInjection(spec.id(), spec, null));
    assertThat(again.refusal()).isEmpty();
  }

  @Test
  void theNewestAreThoseThatWereIntendedLast() throws IOException {
    InjectionSpec second = another();
    InjectionSpec third = another();
    journal.intend(spec);
    journal.intend(second);
    journal.intend(third);
    journal.bury(UUID.randomUUID());
    Path injections = directory.resolve("journal").resolve("injections");
    intendedAt(injections, second, "2026-05-17T12:00:01Z");
    intendedAt(injections, spec, "2026-05-17T12:00:02Z");
    intendedAt(injections, third, "2026-05-17T12:00:03Z");

    assertThat(journal.newest(2)).containsExactly(third.id(), spec.id());
    assertThat(journal.newest(9)).containsExactly(third.id(), spec.id(), second.id());
    assertThat(journal.intendedAt(second.id())).isEqualTo("2026-05-17T12:00:01Z");
  }

  private static void intendedAt(Path injections, InjectionSpec injection, String at)
      throws IOException {
    Path intent = injections.resolve(injection.id().toString()).resolve("intent.json");
    Files.setLastModifiedTime(intent, FileTime.from(Instant.parse(at)));
  }

  private InjectionSpec another() {
    return new InjectionSpec(
        UUID.randomUUID(),
        spec.runId(),
        spec.path(),
        spec.fault(),
        spec.target(),
        spec.host(),
        spec.lease(),
        spec.longest());
  }

  @Test
  void whatSomebodyPutBesideItsInjectionsIsNotItsOwn() throws IOException {
    journal.intend(spec);
    Path injections = directory.resolve("journal").resolve("injections");
    Files.createDirectories(injections.resolve(spec.id() + "-copy").resolve("begun"));
    Files.createDirectories(injections.resolve("restored-by-hand"));

    assertThat(journal.open()).extracting(OpenInjection::id).containsExactly(spec.id());
    assertThat(journal.refusal()).isEmpty();
  }

  @Test
  void anIdIsClaimedByExactlyOneOfMany() throws Exception {
    int claimants = 8;
    ExecutorService threads = Executors.newFixedThreadPool(claimants);
    try {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Boolean>> claims = new ArrayList<>();
      for (int i = 0; i < claimants; i++) {
        Callable<Boolean> claim =
            () -> {
              go.await();
              return journal.intend(spec);
            };
        claims.add(threads.submit(claim));
      }
      go.countDown();
      int won = 0;
      for (Future<Boolean> claim : claims) {
        won += claim.get(10, TimeUnit.SECONDS) ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aTombstoneKeepsALaterIntentOutForEver() throws IOException {
    journal.bury(spec.id());
    journal.bury(spec.id());
    assertThat(journal.over(spec.id())).isTrue();
    assertThat(journal.intend(spec)).isFalse();
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void buryingRenamesAFileAndMakesNone() throws IOException {
    journal.intend(spec);
    Path entry = directory.resolve("journal/injections/" + spec.id());
    long files = count(entry);
    journal.bury(spec.id());
    journal.expire(spec.id());
    assertThat(count(entry)).isEqualTo(files);
    assertThat(journal.over(spec.id())).isTrue();
    assertThat(journal.expired(spec.id())).isTrue();
    assertThat(entry.resolve("open")).doesNotExist();
  }

  @Test
  void aHealedInjectionIsOpenNoMore() throws IOException {
    journal.intend(spec);
    HealReport report =
        new HealReport(
            Instant.now(),
            Instant.now(),
            "workflow",
            true,
            false,
            new Inspection(Inspection.State.ABSENT, "it serves"));
    journal.writeHealed(spec.id(), report);
    assertThat(journal.open()).isEmpty();
    assertThat(journal.healed(spec.id())).contains(report);
  }

  @Test
  void aCutIntentIsListedWithItsProblemAndRefusesNewOnes() throws IOException {
    journal.intend(spec);
    Path intent = directory.resolve("journal/injections/" + spec.id() + "/intent.json");
    Files.writeString(intent, Files.readString(intent).substring(0, 20));
    assertThat(journal.open()).hasSize(1);
    assertThat(journal.open().get(0).spec()).isNull();
    assertThat(journal.open().get(0).problem()).contains("cut or damaged");
    assertThat(journal.refusal().orElseThrow()).contains(spec.id().toString());
  }

  @Test
  void aLostIntentIsListedIfTheTargetMayHaveBeenChanged() throws IOException {
    journal.intend(spec);
    Files.delete(directory.resolve("journal/injections/" + spec.id() + "/intent.json"));
    assertThat(journal.open()).isEmpty();
    journal.begin(spec.id());
    assertThat(journal.open()).hasSize(1);
  }

  @Test
  void aNewerOrDamagedFormatRefusesNewInjections() throws IOException {
    journal.intend(spec);
    Path format = directory.resolve("journal/journal.json");
    Files.writeString(format, "{\"format\":2,\"new\":true}");
    assertThat(journal.refusal().orElseThrow()).contains("format version 2");
    Files.writeString(format, "{\"for");
    assertThat(journal.refusal()).isPresent();
  }

  @Test
  void aFenceOutlivesTheProcessAndNeedsTheLockOfItsTarget() throws Exception {
    Fence fence =
        new Fence("database", "a drill", "failover", Instant.now(), UUID.randomUUID(), null);
    try (HostLock lock = journal.lockTarget("database", WAIT)) {
      journal.fence(lock, fence);
    }
    HostJournal again = new HostJournal(directory.resolve("journal"));
    assertThat(again.fenceOf("database")).contains(fence);
    assertThat(again.fenceOf("standby")).isEmpty();
    try (HostLock other = journal.lockTarget("standby", WAIT)) {
      assertThatThrownBy(() -> journal.liftFence(other, "database"))
          .isInstanceOf(IllegalStateException.class);
    }
    try (HostLock lock = journal.lockTarget("database", WAIT)) {
      journal.liftFence(lock, "database");
    }
    assertThat(again.fenceOf("database")).isEmpty();
  }

  @Test
  void aFenceThatCannotBeReadStillFences() throws Exception {
    try (HostLock lock = journal.lockTarget("database", WAIT)) {
      journal.fence(lock, new Fence("database", "a drill", "failover", Instant.now(), null, null));
    }
    Files.writeString(directory.resolve("journal/fences/database.json"), "");
    assertThat(journal.fenceOf("database").orElseThrow())
        .returns(false, Fence::liftable)
        .returns(false, Fence::readable)
        .extracting(Fence::reason)
        .asString()
        .contains("cannot be read");
  }

  @Test
  void aLockExcludesThreadsAlsoOfAnotherJournalObject() throws Exception {
    HostJournal other = new HostJournal(directory.resolve("journal"));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger worst = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        HostJournal mine = i % 2 == 0 ? journal : other;
        Callable<Void> use =
            () -> {
              HostLock lock = mine.lock(spec.id(), WAIT);
              worst.accumulateAndGet(inside.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              inside.decrementAndGet();
              lock.close();
              return null;
            };
        all.add(threads.submit(use));
      }
      for (Future<?> each : all) {
        each.get(20, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(worst.get()).isEqualTo(1);
  }

  @Test
  void waitingForALockHasABound() throws Exception {
    HostLock held = journal.lockTarget("database", WAIT);
    assertThatThrownBy(() -> journal.lockTarget("database", Duration.ofMillis(50)))
        .isInstanceOf(LockTimeoutException.class)
        .hasMessageContaining("target-database");
    held.close();
    journal.lockTarget("database", Duration.ofMillis(50)).close();
  }

  @Test
  void aNameThatLeavesTheDirectoryIsRefused() {
    assertThatThrownBy(() -> journal.lockTarget("../passwd", WAIT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> journal.fenceOf("a/b")).isInstanceOf(IllegalArgumentException.class);
  }

  private static long count(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }
}
