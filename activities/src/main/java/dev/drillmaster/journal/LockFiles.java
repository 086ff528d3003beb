package dev.drillmaster.journal;

import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Locks between threads and processes of one host. The kernel's record lock ends with its process,
 * so that a killed holder needs no cleaning up; it knows no threads, so that a semaphore of this
 * process comes first. The file names the holder, so that a frozen one can be ended.
 */
final class LockFiles {

  /** How long a healer waits for a frozen holder before it ends it. */
  static final Duration PATIENCE = Duration.ofMillis(500);

  private static final long POLL_MILLIS = 2;
  private static final int HOLDER_BYTES = 64;

  /**
   * Shared by all journals of this process: closing any channel of a file gives back the record
   * locks that the process has on it, so that at most one channel may be open.
   */
  private static final Map<Path, Slot> SLOTS = new ConcurrentHashMap<>();

  /** Padded, so that it covers a longer name. */
  private static final byte[] SELF =
      String.format("%-" + HOLDER_BYTES + "s", ProcessId.self())
          .getBytes(StandardCharsets.US_ASCII);

  private record Slot(Semaphore free, int users) {}

  /** What a healer does just before it ends a frozen holder. */
  interface BeforeEviction {
    void run(ProcessId holder) throws IOException;
  }

  private final Path directory;

  LockFiles(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  HostLock acquire(String name, Duration wait, @Nullable BeforeEviction evict)
      throws IOException, InterruptedException {
    Path file = directory.resolve(name + ".lock");
    long deadline = System.nanoTime() + wait.toNanos();
    Slot slot = enter(file);
    boolean mine = false;
    try {
      mine = slot.free().tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
      if (!mine) {
        throw new LockTimeoutException(
            "lock "
                + name
                + " was held by this process for longer than "
                + wait.toMillis()
                + " ms");
      }
      FileChannel channel = lockedChannel(name, file, deadline, evict);
      mine = false;
      return new HostLock(name, channel, () -> leave(file, slot, true));
    } catch (IOException | InterruptedException | RuntimeException failed) {
      leave(file, slot, mine);
      throw failed;
    }
  }

  private FileChannel lockedChannel(
      String name, Path file, long deadline, @Nullable BeforeEviction evict)
      throws IOException, InterruptedException {
    FileChannel channel = opened(file);
    boolean locked = false;
    try {
      long evictAt = System.nanoTime() + PATIENCE.toNanos();
      while (!tryLock(channel)) {
        if (evict != null && System.nanoTime() >= evictAt) {
          evictIfFrozen(channel, evict);
        }
        if (System.nanoTime() >= deadline) {
          throw new LockTimeoutException(
              "lock " + name + " is held by process " + holder(channel).orElse(null));
        }
        Thread.sleep(POLL_MILLIS);
      }
      locked = true;
      nameHolder(channel);
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private FileChannel opened(Path file) throws IOException {
    Set<OpenOption> how =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      return FileChannel.open(file, how);
    } catch (NoSuchFileException first) {
      Files.createDirectories(directory);
      return FileChannel.open(file, how);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    // Closing the channel gives the lock back, so that nobody needs to keep it.
    @Nullable FileLock lock = channel.tryLock();
    return lock != null;
  }

  /**
   * Only a frozen holder is ended: one that runs is at work (a database needs seconds for its crash
   * recovery) and ends by its own bounds. The holder is another process, since ours would have been
   * waited for at the semaphore.
   */
  private static void evictIfFrozen(FileChannel channel, BeforeEviction evict) throws IOException {
    Optional<ProcessId> holder = holder(channel);
    if (holder.isPresent()
        && holder.get().isFrozen()
        && holder.get().pid() != ProcessHandle.current().pid()) {
      evict.run(holder.get());
      ProcessHandle.of(holder.get().pid())
          .filter(handle -> holder.get().isRunning())
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static Optional<ProcessId> holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HOLDER_BYTES);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).trim();
    try {
      return Optional.of(ProcessId.parse(text));
    } catch (RuntimeException notYetWritten) {
      return Optional.empty();
    }
  }

  private static void nameHolder(FileChannel channel) {
    try {
      channel.write(ByteBuffer.wrap(SELF), 0);
    } catch (IOException noSpace) {
      // The lock is held all the same, and healing on a full disk is worth more than the name: the
      // last holder's stays, who is dead or is not frozen while it does something else.
      return;
    }
  }

  private static Slot enter(Path file) {
    return SLOTS.compute(
        file,
        (path, slot) ->
            slot == null
                ? new Slot(new Semaphore(1, true), 1)
                : new Slot(slot.free(), slot.users() + 1));
  }

  private static void leave(Path file, Slot slot, boolean release) {
    if (release) {
      slot.free().release();
    }
    SLOTS.computeIfPresent(
        file, (path, now) -> now.users() == 1 ? null : new Slot(now.free(), now.users() - 1));
  }
}
