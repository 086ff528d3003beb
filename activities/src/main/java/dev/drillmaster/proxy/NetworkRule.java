package dev.drillmaster.proxy;

import dev.drillmaster.fault.Direction;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the drill proxy does to what passes a route: to its bytes, or to answers.
 *
 * @param id the injection that it belongs to
 * @param direction which way it is in force
 * @param cut whether nothing passes, and nobody is told
 * @param refused whether every connection is closed at once, as if nobody listened; then the
 *     direction does not matter
 * @param delayMillis how long each byte is held up, at least 0
 * @param jitterMillis by how much that varies, up and down; at most the delay
 * @param bytesPerSecond what passes at most; 0 for no limit
 * @param turns when it acts and when not; always if absent
 * @param lie what it makes of the answers if they are HTTP/1.1; nothing if absent
 */
public record NetworkRule(
    UUID id,
    Direction direction,
    boolean cut,
    boolean refused,
    long delayMillis,
    long jitterMillis,
    long bytesPerSecond,
    @Nullable Turns turns,
    @Nullable HttpLie lie) {

  /**
   * A rule that acts and rests by turns, beginning with the first.
   *
   * @param actMillis how long it acts each time, at least 1
   * @param restMillis how long it does nothing each time, at least 1
   */
  public record Turns(long actMillis, long restMillis) {

    public Turns {
      if (actMillis < 1 || restMillis < 1) {
        throw new IllegalArgumentException("each turn takes a millisecond at least");
      }
    }
  }

  public NetworkRule {
    if (id == null || direction == null || delayMillis < 0 || bytesPerSecond < 0) {
      throw new IllegalArgumentException("a rule needs an id, a direction, and no negative figure");
    }
    if (jitterMillis < 0 || jitterMillis > delayMillis) {
      throw new IllegalArgumentException("jitter must be from 0 to the delay");
    }
  }

  /** Nothing passes. */
  public static NetworkRule cut(UUID id, Direction direction) {
    return new NetworkRule(id, direction, true, false, 0, 0, 0, null, null);
  }

  /** Every connection is closed. */
  public static NetworkRule refused(UUID id) {
    return new NetworkRule(id, Direction.BOTH, false, true, 0, 0, 0, null, null);
  }

  /** Answers are not the service's. */
  public static NetworkRule lie(UUID id, HttpLie lie) {
    return new NetworkRule(id, Direction.TO_CLIENT, false, false, 0, 0, 0, null, lie);
  }

  /** Everything passes late or slowly; see the components. */
  public static NetworkRule slow(
      UUID id, Direction direction, Duration delay, Duration jitter, long bytesPerSecond) {
    return new NetworkRule(
        id,
        direction,
        false,
        false,
        delay.toMillis(),
        jitter.toMillis(),
        bytesPerSecond,
        null,
        null);
  }

  /** The same by turns. */
  public NetworkRule byTurns(Turns wanted) {
    return new NetworkRule(
        id, direction, cut, refused, delayMillis, jitterMillis, bytesPerSecond, wanted, lie);
  }

  /** Whether it is in force this way. */
  public boolean affects(Direction way) {
    return direction == Direction.BOTH || direction == way;
  }
}
