package dev.drillmaster.journal;

import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What this host has done to its targets and must still heal, on its own disk: everything that
 * heals can work from here without Temporal, ledger or plan.
 *
 * <p>One directory for each injection id holds {@code intent.json}, {@code undo.json}, {@code
 * watchdog}, {@code injected.json} and {@code healed.json}, each written whole and durably, and
 * markers (see {@link Entry}). Directories are never removed: an id is used once and for ever. Any
 * number of threads and processes of one host may use one directory at once; it must be on a local
 * file system.
 */
public final class HostJournal {

  private static final String INTENT = "intent.json";
  private static final String UNDO = "undo.json";
  private static final String WATCHDOG = "watchdog";
  private static final String BEGUN = "begun";
  private static final String INJECTED = "injected.json";
  private static final String HEALED = "healed.json";

  private static final LockFiles.BeforeEviction NO_TOMBSTONE = holder -> {};

  private final Path directory;
  private final Path injections;
  private final LockFiles locks;
  private final Fences fences;
  private final Fences superseded;

  /** The journal in this directory, which is made with the first write. */
  public HostJournal(Path directory) {
    this.directory = directory;
    this.injections = directory.resolve("injections");
    this.locks = new LockFiles(directory.resolve("locks"));
    this.fences = new Fences(directory.resolve("fences"));
    this.superseded = new Fences(directory.resolve("superseded"));
  }

  /** Where it is. */
  public Path directory() {
    return directory;
  }

  /**
   * Why nothing may be injected with this journal, or empty: it is unreadable, not writable or of a
   * newer version. Healing goes on as far as it can be read.
   */
  public Optional<String> refusal() {
    try {
      Optional<String> version = FormatVersion.refusal(directory);
      if (version.isPresent()) {
        return version;
      }
      return open().stream().filter(entry -> entry.spec() == null).findFirst().map(this::damage);
    } catch (IOException unreadable) {
      return Optional.of(
          "the journal "
              + directory
              + " cannot be used: "
              + unreadable
              + "; see that its files can be read and written, or put a copy of it back");
    }
  }

  private String damage(OpenInjection entry) {
    return "injection "
        + entry.id()
        + " in the journal: "
        + entry.problem()
        + "; its run or the reaper heals it from the ledger; if they do not, look at the targets"
        + " yourself, then move "
        + entry(entry.id()).file(".").normalize()
        + " out of the journal";
  }

  /** Identifies this journal among all; all zero if it cannot be written. */
  public UUID homeId() {
    return HomeId.of(directory);
  }

  /** The version of its format; 0 if that cannot be read. */
  public int format() {
    return FormatVersion.of(directory);
  }

  /**
   * Claims the id and writes the intent.
   *
   * @return false if the id was ever used or has a tombstone
   * @throws IOException if it cannot be written; nothing may be injected then
   */
  public boolean intend(InjectionSpec spec) throws IOException {
    FormatVersion.write(directory);
    Entry entry = entry(spec.id());
    if (!entry.create()) {
      return false;
    }
    entry.createMarkers();
    entry.write(INTENT, spec);
    return !entry.over();
  }

  /** The intent, or empty if the injection never began. */
  public Optional<InjectionSpec> intent(UUID id) throws IOException {
    return entry(id).read(INTENT, InjectionSpec.class);
  }

  /**
   * Ends an injection for ever, whether or not it has begun: from now on it is refused. Needs no
   * lock (it is one rename) and no disk space if the injection has begun. Idempotent.
   */
  public void bury(UUID id) throws IOException {
    Entry entry = entry(id);
    entry.create();
    entry.bury();
  }

  /** Whether the injection has a tombstone. */
  public boolean over(UUID id) {
    return entry(id).over();
  }

  /** Notes that the lease ran out before anybody healed on purpose. Idempotent. */
  public void expire(UUID id) throws IOException {
    entry(id).expire();
  }

  /** Whether the lease ran out before anybody healed on purpose. */
  public boolean expired(UUID id) {
    return entry(id).has("expired");
  }

  /** Writes what the injector needs to heal; before the change that it describes. */
  public void writeUndo(UUID id, Object undo) throws IOException {
    entry(id).write(UNDO, undo);
  }

  /** What the injector needs to heal, or empty if the target was never touched. */
  public <U> Optional<U> undo(UUID id, Class<U> type) throws IOException {
    return entry(id).read(UNDO, type);
  }

  /** Notes that the target is about to be changed. */
  public void begin(UUID id) throws IOException {
    entry(id).mark(BEGUN);
  }

  /** Whether the target may have been changed. */
  public boolean begun(UUID id) {
    return entry(id).has(BEGUN);
  }

  /** Notes that a watchdog is armed. */
  public void armed(UUID id, ProcessId watchdog) throws IOException {
    entry(id).write(WATCHDOG, watchdog);
  }

  /** The watchdog that was armed, or empty if none was. */
  public Optional<ProcessId> watchdog(UUID id) throws IOException {
    return entry(id).read(WATCHDOG, ProcessId.class);
  }

  /** Where the injection's watchdog writes what it does. */
  public Path watchdogLog(UUID id) {
    return entry(id).file("watchdog.log");
  }

  /** Notes that the effect was observed. */
  public void writeInjected(UUID id, Injected injected) throws IOException {
    entry(id).write(INJECTED, injected);
  }

  /** What inject observed, or empty if it did not get so far. */
  public Optional<Injected> injected(UUID id) throws IOException {
    return entry(id).read(INJECTED, Injected.class);
  }

  /** Closes the injection. */
  public void writeHealed(UUID id, HealReport report) throws IOException {
    entry(id).write(HEALED, report);
  }

  /** How it was healed, or empty if it is still open. */
  public Optional<HealReport> healed(UUID id) throws IOException {
    return entry(id).read(HEALED, HealReport.class);
  }

  /** Whether it is closed; cheaper than {@link #healed}. */
  public boolean closed(UUID id) {
    return entry(id).has(HEALED);
  }

  /** When the intent was written, by the clock of this host. */
  public Instant intendedAt(UUID id) throws IOException {
    return Files.getLastModifiedTime(entry(id).file(INTENT)).toInstant();
  }

  /** The injections that were intended last, open or not, at most so many, the newest first. */
  public List<UUID> newest(int count) throws IOException {
    Map<UUID, Instant> intended = new HashMap<>();
    for (UUID id : ids()) {
      if (entry(id).has(INTENT)) {
        intended.put(id, intendedAt(id));
      }
    }
    return intended.keySet().stream()
        .sorted(Comparator.comparing(intended::get).reversed())
        .limit(count)
        .toList();
  }

  private List<UUID> ids() throws IOException {
    List<UUID> ids = new ArrayList<>();
    if (!Files.isDirectory(injections)) {
      return ids;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(injections, "????????-*")) {
      for (Path each : entries) {
        id(each.getFileName().toString()).ifPresent(ids::add);
      }
    }
    return ids;
  }

  /** Empty for what is not ours, such as a copy that somebody made. */
  private static Optional<UUID> id(String name) {
    try {
      UUID id = UUID.fromString(name);
      return id.toString().equals(name) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }

  /** All injections that are not closed, those with an unreadable intent included. */
  public List<OpenInjection> open() throws IOException {
    List<OpenInjection> open = new ArrayList<>();
    for (UUID id : ids()) {
      if (!closed(id)) {
        openInjection(id).ifPresent(open::add);
      }
    }
    return open;
  }

  private Optional<OpenInjection> openInjection(UUID id) {
    Entry entry = entry(id);
    try {
      Optional<InjectionSpec> spec = entry.read(INTENT, InjectionSpec.class);
      if (spec.isPresent()) {
        return Optional.of(new OpenInjection(id, spec.get(), null));
      }
      // Without an intent nothing was done, unless the record of it was lost.
      return entry.has(UNDO) || entry.has(BEGUN)
          ? Optional.of(new OpenInjection(id, null, "its intent is missing"))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of(new OpenInjection(id, null, unreadable.getMessage()));
    }
  }

  /**
   * Waits for the lock of an injection. Where both are needed, it is taken before the target's.
   *
   * @throws LockTimeoutException if it is not free in time
   */
  public HostLock lock(UUID injectionId, Duration wait) throws IOException, InterruptedException {
    return locks.acquire("injection-" + injectionId, wait, null);
  }

  /**
   * Waits for the lock of a target, under which it is injected, healed, fenced and changed.
   *
   * @throws LockTimeoutException if it is not free in time
   */
  public HostLock lockTarget(String target, Duration wait)
      throws IOException, InterruptedException {
    return locks.acquire(targetLock(target), wait, null);
  }

  /**
   * The same as {@link #lock} for those that heal: a holder that is frozen (stopped by a signal)
   * for 500 ms is killed, after the tombstone was written. Never this process itself.
   */
  public HostLock lockOrEvict(UUID injectionId, Duration wait)
      throws IOException, InterruptedException {
    return locks.acquire("injection-" + injectionId, wait, holder -> bury(injectionId));
  }

  /** The same as {@link #lockTarget} for those that heal this injection. */
  public HostLock lockTargetOrEvict(String target, UUID injectionId, Duration wait)
      throws IOException, InterruptedException {
    return locks.acquire(targetLock(target), wait, holder -> bury(injectionId));
  }

  /**
   * The same as {@link #lockTarget} for those that settle a pair: a holder that is frozen is killed
   * as well. There is no injection to end for ever: what the holder did is settled by the caller.
   */
  public HostLock lockTargetOrEvict(String target, Duration wait)
      throws IOException, InterruptedException {
    return locks.acquire(targetLock(target), wait, NO_TOMBSTONE);
  }

  /**
   * Fences a target durably. The processes of the target are the caller's to end, under the same
   * lock.
   *
   * @param targetLock the held lock of the target
   */
  public void fence(HostLock targetLock, Fence fence) throws IOException {
    targetLock.require(targetLock(fence.target()));
    fences.write(fence);
  }

  /**
   * Notes that another target was promoted in the place of this one, which was not fenced: a lab
   * plan wanted that. Nobody who heals heeds it; whoever settles the pair fences by it.
   */
  public void supersede(HostLock targetLock, Fence fence) throws IOException {
    targetLock.require(targetLock(fence.target()));
    superseded.write(fence);
  }

  /** Fences a target that was superseded, from now on for everybody. */
  public boolean fenceIfSuperseded(HostLock targetLock, String target) throws IOException {
    Optional<Fence> fence = superseded.of(target);
    if (fence.isEmpty()) {
      return false;
    }
    fence(targetLock, fence.get());
    superseded.lift(target);
    return true;
  }

  /** The fence of a target, to be read under its lock by whoever acts on it. */
  public Optional<Fence> fenceOf(String target) {
    return fences.of(target);
  }

  /** Takes the fence away. Idempotent. */
  public void liftFence(HostLock targetLock, String target) throws IOException {
    targetLock.require(targetLock(target));
    fences.lift(target);
  }

  /**
   * Waits for the lock of a system, under which its steps and compensations are done, one at a
   * time.
   *
   * @throws LockTimeoutException if it is not free in time
   */
  public HostLock lockSystem(String system, Duration wait)
      throws IOException, InterruptedException {
    return locks.acquire(systemLock(system), wait, null);
  }

  /**
   * The same as {@link #lockSystem} for those that roll back: a holder that is frozen for 500 ms is
   * killed, since the end of its step would never come. Never this process itself.
   */
  public HostLock lockSystemOrEvict(String system, Duration wait)
      throws IOException, InterruptedException {
    return locks.acquire(systemLock(system), wait, NO_TOMBSTONE);
  }

  /** Notes, for ever, that no step and no fault of this run may begin any more. Idempotent. */
  public void endRun(UUID runId) throws IOException {
    Path runs = Files.createDirectories(directory.resolve("ended-runs"));
    try {
      Files.createFile(runs.resolve(runId.toString()));
    } catch (FileAlreadyExistsException ended) {
      return;
    }
    DurableFiles.sync(runs);
  }

  /** Whether no step and no fault of this run may begin any more. */
  public boolean runEnded(UUID runId) {
    return Files.exists(directory.resolve("ended-runs").resolve(runId.toString()));
  }

  private static String systemLock(String system) {
    return "system-" + Names.checked(system);
  }

  private static String targetLock(String target) {
    return "target-" + Names.checked(target);
  }

  private Entry entry(UUID id) {
    return new Entry(injections, id.toString());
  }
}
