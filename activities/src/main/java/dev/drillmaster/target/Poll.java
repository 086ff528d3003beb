package dev.drillmaster.target;

import java.io.IOException;
import java.time.Duration;

/** Waiting for something that can only be looked at, on the monotonic clock. */
public final class Poll {

  /** Something that can be looked at. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private Poll() {}

  /**
   * Looks at once and then again and again.
   *
   * @param limit how long; with zero it looks once
   * @param every the pause between two looks
   * @return whether the condition held within the limit
   */
  public static boolean until(Duration limit, Duration every, Condition condition)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (true) {
      if (condition.holds()) {
        return true;
      }
      if (System.nanoTime() - begun >= limit.toNanos()) {
        return false;
      }
      Thread.sleep(every.toMillis());
    }
  }
}
