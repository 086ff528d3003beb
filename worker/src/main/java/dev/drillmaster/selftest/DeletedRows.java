package dev.drillmaster.selftest;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.measure.JournalLine.Attempt;
import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Rows that were acknowledged are deleted behind the instrument's back: it must miss just them. */
final class DeletedRows {

  private DeletedRows() {}

  static List<Check> checks(Bench bench) throws IOException, SQLException {
    List<Check> checks = new ArrayList<>();
    try (GatedRun run = bench.begin("rows-deleted")) {
      List<UUID> deleted = someAcknowledged(LoadJournal.read(run.journal()), bench.random());
      try (Connection connection = bench.connect()) {
        delete(connection, run.id(), deleted);
      }
      DrillReport report = run.end();
      checks.add(check(deleted, report, bench.measured(run.id(), run.journal())));
      checks.add(bench.inSql("deleted-rows-sql", run.id(), run.journal()));
    }
    return checks;
  }

  /** Any number of them, in the order of their sequence. */
  static List<UUID> someAcknowledged(LoadJournal journal, Random random) {
    List<Attempt> acknowledged =
        new ArrayList<>(journal.attempts().stream().filter(journal::isOk).toList());
    Collections.shuffle(acknowledged, random);
    int many = 1 + random.nextInt(acknowledged.size());
    return acknowledged.subList(0, many).stream()
        .sorted(Comparator.comparingLong(Attempt::sequence))
        .map(Attempt::id)
        .toList();
  }

  private static void delete(Connection connection, String run, List<UUID> ids)
      throws IOException, SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM transfer WHERE run = ? AND id = ANY (?)")) {
      delete.setString(1, run);
      delete.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
      int gone = delete.executeUpdate();
      if (gone != ids.size()) {
        throw new IOException(
            ids.size()
                + " acknowledged rows of run "
                + run
                + " were to be deleted, "
                + gone
                + " were there: this lab loses rows by itself");
      }
    }
  }

  static Check check(List<UUID> deleted, DrillReport report, Measured measured) {
    List<UUID> lost = Figures.of(measured.loss()).lost();
    DrillReport.Rpo rpo = report.rpo();
    boolean held =
        report.verdict() == Verdict.FAILED
            && rpo != null
            && rpo.transactions() == deleted.size()
            && lost.equals(deleted)
            && GatedRun.codes(report).containsAll(List.of("lost-without-bytes", "rpo-missed"));
    return Check.of(
        "deleted-rows",
        "acknowledged rows that somebody deleted are missed, just these",
        held,
        "FAILED, " + deleted.size() + " lost, those that were deleted; the log has them",
        report.verdict()
            + ", "
            + (rpo == null ? "loss not measured" : rpo.transactions() + " lost")
            + ", "
            + (lost.equals(deleted) ? "those that were deleted" : "not those that were deleted")
            + "; found: "
            + String.join(", ", GatedRun.codes(report)));
  }
}
