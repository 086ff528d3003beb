package dev.drillmaster.selftest;

import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.measure.TransferRow;
import dev.drillmaster.measure.TransferTable;
import dev.drillmaster.program.DrillProgram;
import dev.drillmaster.system.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * What checks are made with.
 *
 * @param program runs the drills
 * @param pair the databases of the lab
 * @param random chooses what is deleted or left out
 */
record Bench(DrillProgram program, Pair pair, Random random) {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  GatedRun begin(String name) throws IOException {
    return GatedRun.begin(program, name, loads());
  }

  /** Where the loads of the lab have their directories. */
  Path loads() {
    return pair.system().load().directory();
  }

  Connection connect() throws IOException, SQLException {
    String primary =
        pair.primary()
            .orElseThrow(
                () ->
                    new IOException(
                        "not exactly one node of the lab accepts writes: run \"drillmaster lab"
                            + " up\""));
    return pair.server(primary).connect(pair.system().database(), LIMIT);
  }

  List<TransferRow> rows(String run) throws IOException, SQLException {
    try (Connection connection = connect()) {
      return TransferTable.read(connection, run);
    }
  }

  Measured measured(String run, Path journal) throws IOException, SQLException {
    return Measured.of(LoadJournal.read(journal), rows(run));
  }

  /** Whether SQL counts what the instrument counts. */
  Check inSql(String id, String run, Path journal) throws IOException, SQLException {
    Figures instrument = Figures.of(measured(run, journal).loss());
    try (Connection connection = connect()) {
      return agree(id, new SqlComparison(connection, run).figures(journal), instrument);
    }
  }

  static Check agree(String id, Figures sql, Figures instrument) {
    boolean sameRows = sql.lost().equals(instrument.lost());
    return Check.of(
        id,
        "a count in plain SQL comes to the same",
        sql.equals(instrument),
        "in SQL: " + sql.text(),
        "by the instrument: " + instrument.text() + (sameRows ? "" : ", other rows are lost"));
  }
}
