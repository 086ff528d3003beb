package dev.drillmaster.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One at a time, among the threads of this program and among programs. The end of a program frees
 * what it held, however it ends.
 */
final class StartLock {

  /** The kernel's lock knows no threads, so that one of our own comes first. */
  private static final ReentrantLock OURS = new ReentrantLock();

  private static final long PAUSE_MILLIS = 10;

  private StartLock() {}

  interface Work {
    void run() throws IOException, SQLException, InterruptedException;
  }

  /**
   * Does the work while holding the lock.
   *
   * @param wait how long to wait for others
   * @throws IOException if others hold it longer
   */
  static void hold(Path file, Duration wait, Work work)
      throws IOException, SQLException, InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    if (!OURS.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS)) {
      throw tooLong(file, wait);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (!locked(channel)) {
        if (System.nanoTime() >= end) {
          throw tooLong(file, wait);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
      work.run();
    } finally {
      OURS.unlock();
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    // Closing the channel gives the lock back, so that nobody needs to keep it.
    @Nullable FileLock lock = channel.tryLock();
    return lock != null;
  }

  private static IOException tooLong(Path file, Duration wait) {
    return new IOException(
        "another drillmaster holds "
            + file
            + " for more than "
            + wait.toSeconds()
            + " s: see what it does, with fuser "
            + file);
  }
}
