package dev.drillmaster.selftest;

import dev.drillmaster.measure.JournalLine;
import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.Header;
import dev.drillmaster.measure.JournalWriter;
import dev.drillmaster.measure.LoadJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Copies of a journal that differ from it in one thing, with checksums as if the load had written
 * them so.
 */
final class JournalCopy {

  private JournalCopy() {}

  /** Its clock on the wall was wrong by so much when it began. */
  static LoadJournal shifted(Path journal, LoadJournal whole, Duration by) throws IOException {
    Header was = whole.header();
    Header header =
        new Header(
            was.version(),
            was.run(),
            was.rate(),
            was.instances(),
            was.timeoutMillis(),
            Instant.parse(was.wallClock()).plus(by).toString(),
            was.zero());
    return written(journal, header, whole, whole.attempts());
  }

  /** It forgot to write down one attempt. */
  static LoadJournal without(Path journal, LoadJournal whole, Attempt forgotten)
      throws IOException {
    List<Attempt> attempts =
        whole.attempts().stream().filter(attempt -> !attempt.equals(forgotten)).toList();
    return written(journal, whole.header(), whole, attempts);
  }

  /** A line of the file is gone, and nobody mended the checksums. */
  static LoadJournal withoutLine(Path journal, String beginsWith) throws IOException {
    List<String> lines =
        Files.readAllLines(journal).stream().filter(line -> !line.startsWith(beginsWith)).toList();
    Path copy = beside(journal);
    try {
      Files.writeString(copy, String.join("\n", lines) + "\n");
      return LoadJournal.read(copy);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static LoadJournal written(
      Path journal, Header header, LoadJournal whole, List<Attempt> attempts) throws IOException {
    Path copy = beside(journal);
    try {
      try (JournalWriter writer = JournalWriter.create(copy, header)) {
        append(writer, attempts);
        append(writer, whole.outcomes().values());
        append(writer, whole.marks());
        append(writer, whole.end().stream().toList());
      }
      return LoadJournal.read(copy);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static void append(JournalWriter writer, Iterable<? extends JournalLine> lines)
      throws IOException {
    for (JournalLine line : lines) {
      writer.append(line);
    }
  }

  private static Path beside(Path journal) {
    return journal.resolveSibling("selftest.journal");
  }
}
