package dev.drillmaster.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits for what the operating system and PostgreSQL do not announce, by asking again and again.
 */
final class Waiting {

  private static final long PAUSE_MILLIS = 10;

  private Waiting() {}

  /** A condition that has to look at the world. */
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /** Asks at least once and until the bound has passed; says whether the condition came to hold. */
  static boolean until(Duration bound, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return true;
  }
}
