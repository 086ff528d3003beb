package dev.drillmaster.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.measure.TransferRow;
import dev.drillmaster.measure.TransferTable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Plain SQL and the instrument, each with the same journal and the same table. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlComparisonTest {

  private static final int MANY = 50;

  private EmbeddedPostgres database;
  private Connection connection;
  private WrittenJournal journal;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    journal = WrittenJournal.quiet(directory, MANY);
    database = EmbeddedPostgres.start();
    connection = database.getPostgresDatabase().getConnection();
    TransferTable.create(connection);
  }

  @AfterAll
  void stop() throws Exception {
    connection.close();
    database.close();
  }

  @BeforeEach
  void allRows() throws SQLException {
    connection.createStatement().execute("TRUNCATE transfer");
    for (TransferRow row : journal.rows()) {
      insert(WrittenJournal.RUN, row.id(), row.sequence());
    }
    insert("another", WrittenJournal.id(1), 1);
  }

  private void insert(String run, UUID id, long sequence) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO transfer VALUES (?, ?, ?, 1, 'test')")) {
      insert.setObject(1, id);
      insert.setString(2, run);
      insert.setLong(3, sequence);
      insert.execute();
    }
  }

  private void delete(UUID id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM transfer WHERE run = ? AND id = ?")) {
      delete.setString(1, WrittenJournal.RUN);
      delete.setObject(2, id);
      delete.execute();
    }
  }

  private Figures inSql() throws IOException, SQLException {
    return new SqlComparison(connection, WrittenJournal.RUN).figures(journal.file());
  }

  private Figures byTheInstrument() throws IOException, SQLException {
    List<TransferRow> rows = TransferTable.read(connection, WrittenJournal.RUN);
    return Figures.of(Measured.of(journal.read(), rows).loss());
  }

  @Test
  void aWholeTableIsWholeForBoth() throws Exception {
    assertThat(inSql()).isEqualTo(new Figures(MANY, List.of(), 0, 0)).isEqualTo(byTheInstrument());
  }

  @Test
  void lostUnexpectedAndDoubleRowsAreFoundByBoth() throws Exception {
    delete(WrittenJournal.id(7));
    delete(WrittenJournal.id(40));
    insert(WrittenJournal.RUN, WrittenJournal.id(3), 3);
    insert(WrittenJournal.RUN, WrittenJournal.id(3), 3);
    insert(WrittenJournal.RUN, new UUID(9, 9), 77);
    // Its id is known, its sequence is another one.
    insert(WrittenJournal.RUN, WrittenJournal.id(4), 78);

    List<UUID> lost = List.of(WrittenJournal.id(7), WrittenJournal.id(40));
    assertThat(inSql()).isEqualTo(new Figures(MANY, lost, 2, 2)).isEqualTo(byTheInstrument());
  }

  @Test
  void aTransferThatALoadForgotIsUnexpectedForBoth() throws Exception {
    Path forgetful = journal.file().resolveSibling("forgetful.journal");
    List<String> lines =
        Files.readAllLines(journal.file()).stream()
            .filter(line -> !line.startsWith("A\t9\t"))
            .toList();
    Files.write(forgetful, lines);

    Figures sql = new SqlComparison(connection, WrittenJournal.RUN).figures(forgetful);

    assertThat(sql).isEqualTo(new Figures(MANY - 1, List.of(), 1, 0));
    assertThat(Bench.agree("x", sql, byTheInstrument()).result()).isEqualTo(Check.Result.BROKEN);
  }
}
