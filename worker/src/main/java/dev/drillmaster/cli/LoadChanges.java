package dev.drillmaster.cli;

import dev.drillmaster.measure.LoadStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What changed in how the load goes: an outage as it is seen now, which the result measures. */
final class LoadChanges {

  /** A single answer that fails is no outage for people who watch; the measurement counts it. */
  static final long OUTAGE_MILLIS = 250;

  private static final String PLACE = "load";

  private LoadChanges() {}

  /** Adds the lines; none if nobody could ask how the load goes. */
  static void tell(@Nullable LoadStatus before, @Nullable LoadStatus now, ProgressLines lines) {
    if (now == null) {
      return;
    }
    if (!now.lost().isEmpty() && (before == null || before.lost().isEmpty())) {
      lines.add(null, PLACE, "LOST", "the measurement is lost: " + now.lost());
    }
    if (now.ended()) {
      if (before == null || !before.ended()) {
        lines.add(null, PLACE, "ended", counts(now));
      }
      return;
    }
    boolean wasOut = before != null && isOut(before);
    if (isOut(now) && !wasOut) {
      lines.add(
          null, PLACE, "out", "nothing acknowledged for " + seconds(now) + "; " + counts(now));
    } else if (before != null && wasOut && !isOut(now)) {
      lines.add(null, PLACE, "back", "acknowledged again, after at least " + seconds(before));
    }
  }

  static boolean isOut(LoadStatus load) {
    return load.currentOutageMillis() >= OUTAGE_MILLIS;
  }

  private static String seconds(LoadStatus load) {
    return String.format(Locale.ROOT, "%.1f s", load.currentOutageMillis() / 1000.0);
  }

  private static String counts(LoadStatus load) {
    return load.attempts()
        + " sent, "
        + load.ok()
        + " acknowledged, "
        + load.failed()
        + " failed, "
        + load.unknown()
        + " unknown";
  }
}
