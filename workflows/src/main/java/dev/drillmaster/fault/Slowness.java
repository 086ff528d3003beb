package dev.drillmaster.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a proxy holds up what passes it, whichever proxy that is. */
final class Slowness {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private Slowness() {}

  /** What is wrong with it. */
  static List<String> problems(
      Duration delay, Duration jitter, @Nullable Integer kilobytesPerSecond, String toStop) {
    List<String> problems = new ArrayList<>();
    if (delay.isZero() && kilobytesPerSecond == null) {
      problems.add("changes nothing: give it a delay, such as 200ms, or kilobytesPerSecond");
    }
    if (delay.compareTo(LONGEST) > 0) {
      problems.add("delay must be at most 1m");
    }
    if (jitter.compareTo(delay) > 0) {
      problems.add("jitter must be at most the delay");
    }
    if (kilobytesPerSecond != null && kilobytesPerSecond < 1) {
      problems.add("kilobytesPerSecond must be at least 1: to let nothing pass, use " + toStop);
    }
    return problems;
  }

  /** What it does, for people. */
  static String effect(
      Duration delay, Duration jitter, @Nullable Integer kilobytesPerSecond, Direction direction) {
    List<String> parts = new ArrayList<>();
    if (!delay.isZero()) {
      String around = jitter.isZero() ? "" : " +/- " + jitter.toMillis() + " ms";
      parts.add("a delay of " + delay.toMillis() + " ms" + around);
    }
    if (kilobytesPerSecond != null) {
      parts.add("a limit of " + kilobytesPerSecond + " kB/s");
    }
    return "add " + String.join(" and ", parts) + " to " + direction.text();
  }
}
