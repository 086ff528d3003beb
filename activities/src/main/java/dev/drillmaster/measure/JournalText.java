package dev.drillmaster.measure;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.End;
import dev.drillmaster.measure.JournalLine.Header;
import dev.drillmaster.measure.JournalLine.Mark;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.postgres.Lsn;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a journal: a letter and fields separated by tabs, closed by a checksum. The
 * checksum is a CRC-32C over all lines so far, not over its own line alone, because a line that is
 * missing, repeated or moved must be noticed as well as one that was altered.
 */
final class JournalText {

  static final int VERSION = 1;
  private static final int LONGEST_REASON = 160;

  private final CRC32C soFar = new CRC32C();

  /** The line with its checksum and line feed. Lines must be encoded in the order of the file. */
  byte[] encode(JournalLine line) {
    String body = body(line);
    return (body + "\t" + checksum(body) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The reverse.
   *
   * @param text without the line feed
   * @throws IllegalArgumentException if the checksum or the form is wrong
   */
  JournalLine decode(String text) {
    int tab = text.lastIndexOf('\t');
    if (tab < 0 || !checksum(text.substring(0, tab)).equals(text.substring(tab + 1))) {
      throw new IllegalArgumentException("the checksum does not fit");
    }
    String[] field = text.substring(0, tab).split("\t", -1);
    try {
      return parse(field);
    } catch (IndexOutOfBoundsException tooShort) {
      throw new IllegalArgumentException("fields are missing", tooShort);
    }
  }

  private String checksum(String body) {
    soFar.update(body.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", soFar.getValue());
  }

  private static String body(JournalLine line) {
    if (line instanceof Attempt attempt) {
      return fields(
          "A", attempt.sequence(), attempt.id(), attempt.due(), attempt.sent(), attempt.instance());
    } else if (line instanceof Outcome outcome) {
      return outcome.result() == Result.OK
          ? fields(
              "O",
              outcome.sequence(),
              outcome.at(),
              outcome.result(),
              outcome.lsn() == null ? "-" : outcome.lsn(),
              outcome.timeline())
          : fields("O", outcome.sequence(), outcome.at(), outcome.result(), outcome.reason());
    } else if (line instanceof Mark mark) {
      return fields("M", mark.at(), mark.name());
    } else if (line instanceof Header header) {
      return fields(
          "H",
          header.version(),
          header.run(),
          header.rate(),
          header.instances(),
          header.timeoutMillis(),
          header.wallClock(),
          header.zero());
    }
    End end = (End) line;
    return fields("E", end.at(), end.attempts(), end.outcomes());
  }

  private static String fields(Object... fields) {
    StringBuilder text = new StringBuilder(96);
    for (Object field : fields) {
      if (text.length() > 0) {
        text.append('\t');
      }
      text.append(field instanceof String free ? plain(free) : field.toString());
    }
    return text.toString();
  }

  /** Reasons come from outside: neither a tab nor a line feed in them may look like ours. */
  private static String plain(String text) {
    String oneLine = text.replaceAll("\\p{Cntrl}+", " ");
    return oneLine.length() <= LONGEST_REASON ? oneLine : oneLine.substring(0, LONGEST_REASON);
  }

  private static JournalLine parse(String[] field) {
    return switch (field[0]) {
      case "H" -> header(field);
      case "A" ->
          new Attempt(
              Long.parseLong(field[1]),
              UUID.fromString(field[2]),
              Long.parseLong(field[3]),
              Long.parseLong(field[4]),
              Integer.parseInt(field[5]));
      case "O" -> outcome(field);
      case "M" -> new Mark(Long.parseLong(field[1]), field[2]);
      case "E" ->
          new End(Long.parseLong(field[1]), Long.parseLong(field[2]), Long.parseLong(field[3]));
      default -> throw new IllegalArgumentException("no line begins with " + field[0]);
    };
  }

  private static Header header(String[] field) {
    int version = Integer.parseInt(field[1]);
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "format version " + version + " is not known here, only " + VERSION);
    }
    return new Header(
        version,
        field[2],
        Integer.parseInt(field[3]),
        Integer.parseInt(field[4]),
        Long.parseLong(field[5]),
        field[6],
        Long.parseLong(field[7]));
  }

  private static Outcome outcome(String[] field) {
    Result result = Result.valueOf(field[3]);
    boolean ok = result == Result.OK;
    @Nullable Lsn lsn = ok && !field[4].equals("-") ? Lsn.parse(field[4]) : null;
    return new Outcome(
        Long.parseLong(field[1]),
        Long.parseLong(field[2]),
        result,
        lsn,
        ok ? Integer.parseInt(field[5]) : 0,
        ok ? "" : field[4]);
  }
}
