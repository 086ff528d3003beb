package dev.drillmaster.selftest;

import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.measure.TransferRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Whether a clock on the wall that is wrong, or jumps, changes what is measured. */
final class WallClock {

  private static final Duration SHIFT = Duration.ofHours(1);

  private WallClock() {}

  /** The journal as it would be if the machine's clock had been an hour ahead all the time. */
  static Check shiftedHeader(Path file, LoadJournal journal, List<TransferRow> rows)
      throws IOException {
    Measured before = Measured.of(journal, rows);
    LoadJournal shifted = JournalCopy.shifted(file, journal, SHIFT);
    Measured after = Measured.of(shifted, rows);
    return Check.of(
        "wall-clock-wrong",
        "a wall clock that is an hour ahead changes no figure",
        shifted.isWhole() && after.equals(before),
        "the same figures from the same journal under a header that is an hour later ("
            + shifted.header().wallClock()
            + " for "
            + journal.header().wallClock()
            + "); no process had another clock",
        after.equals(before)
            ? "all figures are the same"
            : "before " + before + ", after " + after);
  }
}
