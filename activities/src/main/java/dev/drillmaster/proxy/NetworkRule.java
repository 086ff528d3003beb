package dev.drillmaster.proxy;

import dev.drillmaster.fault.Direction;
import java.util.UUID;

/**
 * What the drill proxy does to the bytes of a route.
 *
 * @param id the injection that it belongs to
 * @param direction which way it is in force
 * @param cut whether nothing passes, and nobody is told
 * @param refused whether every connection is closed at once, as if nobody listened; then the
 *     direction does not matter
 * @param delayMillis how long each byte is held up, at least 0
 * @param jitterMillis by how much that varies, up and down; at most the delay
 * @param bytesPerSecond what passes at most; 0 for no limit
 */
public record NetworkRule(
    UUID id,
    Direction direction,
    boolean cut,
    boolean refused,
    long delayMillis,
    long jitterMillis,
    long bytesPerSecond) {

  public NetworkRule {
    if (id == null || direction == null || delayMillis < 0 || bytesPerSecond < 0) {
      throw new IllegalArgumentException("a rule needs an id, a direction, and no negative figure");
    }
    if (jitterMillis < 0 || jitterMillis > delayMillis) {
      throw new IllegalArgumentException("jitter must be from 0 to the delay");
    }
  }

  /** Whether it is in force this way. */
  public boolean affects(Direction way) {
    return direction == Direction.BOTH || direction == way;
  }
}
