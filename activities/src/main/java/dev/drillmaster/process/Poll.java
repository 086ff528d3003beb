package dev.drillmaster.process;

import java.io.IOException;
import java.time.Duration;

/** Waiting for something that can only be looked at, on the monotonic clock. */
public final class Poll {

  /** Something that can be looked at. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /** Short against whatever a person notices, long against what a look costs. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Poll() {}

  /**
   * Looks at once and then every 10 ms.
   *
   * @param limit how long; with zero it looks once
   * @return whether the condition held within the limit
   */
  public static boolean until(Duration limit, Condition condition)
      throws IOException, InterruptedException {
    return until(limit, PAUSE, condition);
  }

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
