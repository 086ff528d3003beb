package dev.drillmaster.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lines of progress in their columns: elapsed time, place in the plan, what happened. */
final class ProgressLines {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** The columns before the text. */
  static final int INDENT = 16;

  private final Instant startedAt;
  private final Instant latest;
  private final ZoneId zone;
  private final List<String> lines = new ArrayList<>();
  private Instant earliest;

  /**
   * No lines yet.
   *
   * @param startedAt from where elapsed time counts
   * @param earliest no line is from before this
   * @param latest no line is from after this
   * @param zone for clock times
   */
  ProgressLines(Instant startedAt, Instant earliest, Instant latest, ZoneId zone) {
    this.startedAt = startedAt;
    this.earliest = earliest;
    this.latest = latest;
    this.zone = zone;
  }

  /**
   * Something with a word of at most seven letters that says of what kind it is.
   *
   * @param at when it happened; null for now
   * @param path the place in the plan; empty if it concerns the whole run
   */
  void add(@Nullable Instant at, String path, String word, String text) {
    line(at, path, String.format(Locale.ROOT, "%-7s  %s", word, PlainText.oneLine(text)));
  }

  /** Something that happened at an instant, or now if that is null. */
  void add(@Nullable Instant at, String path, String text) {
    line(at, path, PlainText.oneLine(text));
  }

  private void line(@Nullable Instant at, String path, String text) {
    // The run and who looks at it may have different clocks. The order of what happened is known
    // without them, and so is that it happened between the two looks.
    Instant shown = at == null || at.isAfter(latest) ? latest : at;
    earliest = shown.isBefore(earliest) ? earliest : shown;
    double elapsed = Duration.between(startedAt, earliest).toMillis() / 1000.0;
    lines.add(String.format(Locale.ROOT, "%6.1fs  %-5s  %s", elapsed, path, text).stripTrailing());
  }

  /** The time of day. */
  String clock(Instant instant) {
    return CLOCK.format(instant.atZone(zone));
  }

  /** All lines, in order. */
  List<String> all() {
    return List.copyOf(lines);
  }
}
