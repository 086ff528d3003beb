package dev.drillmaster.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures and instants as people read them. */
public final class Figures {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS xxx", Locale.ROOT);

  private Figures() {}

  /** To the thousandth, without zeros at the end. */
  public static String decimals(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }

  /** A day, a time and its offset. */
  static String day(Instant instant, ZoneId zone) {
    return DAY.format(instant.atZone(zone));
  }

  /** A time to the millisecond, and its offset. */
  static String time(Instant instant, ZoneId zone) {
    return INSTANT.format(instant.atZone(zone));
  }

  static String seconds(Instant from, Instant to) {
    return String.format(Locale.ROOT, "%.1f s", Duration.between(from, to).toMillis() / 1000.0);
  }

  /** Milliseconds as seconds, such as {@code 0.4 s}. */
  static String seconds(long millis) {
    return decimals(millis / 1000.0) + " s";
  }

  /** The same with its sign, such as {@code +0.4 s}. */
  static String signedSeconds(long millis) {
    return (millis > 0 ? "+" : "") + seconds(millis);
  }

  /** Bytes, with a unit that is easier to grasp once there are many. */
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    double shown = bytes / 1024.0;
    for (String unit : new String[] {"KiB", "MiB"}) {
      if (shown < 1024) {
        return String.format(Locale.ROOT, "%d bytes (%.1f %s)", bytes, shown, unit);
      }
      shown /= 1024;
    }
    return String.format(Locale.ROOT, "%d bytes (%.1f GiB)", bytes, shown);
  }

  /** {@code 1 row}, {@code 2 rows}. */
  static String counted(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
