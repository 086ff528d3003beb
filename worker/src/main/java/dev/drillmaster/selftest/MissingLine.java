package dev.drillmaster.selftest;

import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.measure.TransferRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A line of an acknowledged transfer is not in the journal: because it was lost from the file, or
 * because a broken load never wrote it. Each must be noticed, and the transfer's row then is one
 * that nobody sent.
 *
 * @param file the journal
 * @param whole what it says
 * @param rows all rows of its run
 */
record MissingLine(Path file, LoadJournal whole, List<TransferRow> rows) {

  Check check(Random random) throws IOException {
    List<Attempt> acknowledged = whole.attempts().stream().filter(whole::isOk).toList();
    Attempt chosen = acknowledged.get(random.nextInt(acknowledged.size()));
    boolean attemptLost = noticed(JournalCopy.withoutLine(file, "A\t" + chosen.sequence() + "\t"));
    boolean answerLost = noticed(JournalCopy.withoutLine(file, "O\t" + chosen.sequence() + "\t"));
    LoadJournal forgotten = JournalCopy.without(file, whole, chosen);
    List<TransferRow> unexpected = Measured.of(forgotten, rows).loss().unexpected();
    boolean named = unexpected.equals(List.of(new TransferRow(chosen.id(), chosen.sequence())));
    return Check.of(
        "missing-line",
        "a journal that lacks one acknowledged transfer is not taken for whole",
        attemptLost && answerLost && noticed(forgotten) && named,
        "noticed: its line lost, its answer lost, never written; its row is unexpected",
        "its line lost: "
            + word(attemptLost)
            + ", its answer lost: "
            + word(answerLost)
            + ", never written: "
            + word(noticed(forgotten))
            + "; "
            + unexpected.size()
            + " unexpected"
            + (named ? ", that row" : ""));
  }

  private static boolean noticed(LoadJournal journal) {
    return !journal.isWhole();
  }

  private static String word(boolean noticed) {
    return noticed ? "noticed" : "NOT NOTICED";
  }
}
