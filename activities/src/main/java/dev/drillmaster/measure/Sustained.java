package dev.drillmaster.measure;

import java.time.Duration;

/**
 * When service counts as recovered: so many attempts in a row succeed, over at least so long. One
 * success alone may be a node that answers before it fails again.
 *
 * @param attempts at least 1
 * @param span between the first and the last of them being due
 */
public record Sustained(int attempts, Duration span) {

  public static final Sustained DEFAULT = new Sustained(50, Duration.ofMillis(500));

  public Sustained {
    if (attempts < 1 || span.isNegative()) {
      throw new IllegalArgumentException("a run of successes has at least one and takes time");
    }
  }
}
