package dev.drillmaster.report;

import dev.drillmaster.drill.Measurement;
import dev.drillmaster.drill.Timeline;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened on the clock of the load, in milliseconds since it began.
 *
 * @param marks in the order of time
 * @param lastSuccess the last success before the outage; null if the fault left no outage to count
 *     from, or nothing was marked
 * @param recovered when service was back for good; null if it was not
 * @param faultFrom when the fault was in force; null if the load saw none
 * @param faultTo when it was healed; null if the load was not told
 */
record Moments(
    List<Mark> marks,
    @Nullable Long lastSuccess,
    @Nullable Long recovered,
    @Nullable Long faultFrom,
    @Nullable Long faultTo) {

  private static final long ROOM = 1000;

  /** A mark and when it was set. */
  record Mark(String name, long at) {}

  static Moments of(Measurement measured, Timeline timeline) {
    Map<String, Long> at = timeline.marks();
    Long zero = zero(measured.milestones(), at);
    Long rto = measured.rtoMillis();
    Long injecting = at.get("injecting");
    return new Moments(
        at.entrySet().stream()
            .map(mark -> new Mark(mark.getKey(), mark.getValue()))
            .sorted(Comparator.comparing(Mark::at).thenComparing(Mark::name))
            .toList(),
        zero,
        zero == null || rto == null ? null : (Long) (zero + rto),
        at.containsKey("injected") ? at.get("injected") : injecting,
        at.get("healed"));
  }

  /** Milestones and marks are the same instants, counted from two others. */
  private static @Nullable Long zero(Map<String, Long> milestones, Map<String, Long> at) {
    for (Map.Entry<String, Long> milestone : milestones.entrySet()) {
      Long mark = at.get(milestone.getKey());
      if (mark != null) {
        return mark - milestone.getValue();
      }
    }
    return null;
  }

  /** From where people count: the last success, or else the fault; null without either. */
  @Nullable Long base() {
    return lastSuccess == null ? faultFrom : lastSuccess;
  }

  /** The begin of what is worth enlarging. */
  long closeFrom() {
    Long base = base();
    return (base == null ? 0 : base) - ROOM;
  }

  /** The end of what is worth enlarging. */
  long closeTo() {
    long latest = 0;
    for (Long each : new Long[] {base(), recovered, faultFrom, faultTo}) {
      latest = Math.max(latest, each == null ? 0 : each);
    }
    return latest + ROOM;
  }
}
