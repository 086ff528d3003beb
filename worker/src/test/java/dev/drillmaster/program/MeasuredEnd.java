package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.fault.ProcessTreeFailure.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How long a fault outlived what ended its run, beside what {@code worker/docs/ends.md} says it may
 * take: one line of the same form from every test of that table.
 */
final class MeasuredEnd {

  /** Until a server has told whoever heals; beside it a heal takes its own time. */
  static final Duration TOLD = Duration.ofSeconds(1);

  /** What the table calls a heal, for processes that are frozen. */
  static final Duration HEAL = TOLD.plus(new ProcessTreeFailure(Mode.FREEZE).healTime());

  private MeasuredEnd() {}

  /**
   * Prints it, and fails if it took longer than it may.
   *
   * @param by who healed, or what else ended the fault
   */
  static void within(Duration limit, String what, String by, Duration took) {
    System.out.printf(
        Locale.ROOT,
        "end by %-40s %-12s %6d ms, at most %6d ms%n",
        what,
        by,
        took.toMillis(),
        limit.toMillis());
    assertThat(took).as(what).isLessThanOrEqualTo(limit);
  }

  /** The same for what ended between two moments of this machine's clock. */
  static void within(Duration limit, String what, String by, Instant begun, Instant healed) {
    within(limit, what, by, Duration.between(begun, healed));
  }
}
