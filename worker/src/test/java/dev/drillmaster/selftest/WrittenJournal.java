package dev.drillmaster.selftest;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.JournalLine.End;
import dev.drillmaster.measure.JournalLine.Header;
import dev.drillmaster.measure.JournalLine.Outcome;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.measure.JournalWriter;
import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.measure.TransferRow;
import dev.drillmaster.postgres.Lsn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * The journal of a load that was quiet: an attempt every 10 ms, each acknowledged after 2 ms.
 *
 * @param file where it is
 * @param rows what such a load leaves in the table
 */
record WrittenJournal(Path file, List<TransferRow> rows) {

  static final String RUN = "written";

  private static final long SPACING = 10_000_000;
  private static final long LATENCY = 2_000_000;

  static WrittenJournal quiet(Path directory, int attempts) throws IOException {
    Path file = directory.resolve("load.journal");
    Header header = new Header(1, RUN, 100, 2, 2000, "2026-01-01T00:00:00Z", 42);
    try (JournalWriter writer = JournalWriter.create(file, header)) {
      for (int n = 0; n < attempts; n++) {
        long due = n * SPACING;
        writer.append(new Attempt(n, id(n), due, due, n % 2));
        writer.append(new Outcome(n, due + LATENCY, Result.OK, new Lsn(1000 + n), 1, ""));
      }
      writer.append(new End(attempts * SPACING, attempts, attempts));
    }
    return new WrittenJournal(
        file, LongStream.range(0, attempts).mapToObj(n -> new TransferRow(id(n), n)).toList());
  }

  static UUID id(long sequence) {
    return new UUID(7, sequence);
  }

  LoadJournal read() throws IOException {
    return LoadJournal.read(file);
  }

  Measured measured() throws IOException {
    return Measured.of(read(), rows);
  }
}
