package dev.drillmaster.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a condition, with a bound. */
public final class Await {

  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  /** Something that becomes true. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws IOException;
  }

  private Await() {}

  /**
   * Asks every 10 ms until the condition holds.
   *
   * @return whether it came to hold in time
   * @throws IOException what the condition threw, or if the thread was interrupted
   */
  public static boolean until(Duration limit, Condition condition) throws IOException {
    long latest = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - latest >= 0) {
        return false;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted while waiting");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }
}
