package dev.drillmaster.drill;

import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a fault of an experiment begins; all that is said must have come true, in this order.
 *
 * @param after the name of a fault that is listed before it: not until that one is in force
 * @param delay then so long; not at all if absent
 * @param when then not until this is answered as tolerated, asked again and again
 */
public record Begin(@Nullable String after, Duration delay, @Nullable Probe when) {

  /** With the others, as soon as the steady state was seen. */
  public static final Begin AT_ONCE = new Begin(null, null, null);

  public Begin(@Nullable String after, @Nullable Duration delay, @Nullable Probe when) {
    this.after = after;
    this.delay = delay == null ? Duration.ZERO : delay;
    this.when = when;
  }

  /** For people, behind the name of the fault: {@code , after stale, 1.0 s later}. */
  String described() {
    String text = after == null ? "" : ", after " + after;
    text += delay.isZero() ? "" : ", " + delay.toMillis() / 1000.0 + " s later";
    return text + (when == null ? "" : ", when " + when.name());
  }

  /** Whether it waits for nothing. */
  boolean atOnce() {
    return after == null && delay.isZero() && when == null;
  }
}
