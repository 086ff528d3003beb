package dev.drillmaster.selftest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Compares a journal with the table in plain SQL, without a line of the instrument's code: the text
 * of the journal goes into a temporary table and is taken apart and counted there. So a mistake in
 * the instrument's reading or counting is not made twice.
 *
 * @param connection to the primary; its temporary tables are made anew
 * @param run the run's name in the table
 */
record SqlComparison(Connection connection, String run) {

  private static final String TABLES =
      """
      CREATE TEMPORARY TABLE attempt AS
        SELECT field[2]::bigint AS sequence, field[3]::uuid AS id
        FROM journal_line WHERE field[1] = 'A';
      CREATE TEMPORARY TABLE acknowledged AS
        SELECT attempt.sequence, attempt.id
        FROM attempt JOIN journal_line ON field[1] = 'O' AND field[2] = attempt.sequence::text
        WHERE field[4] = 'OK';
      """;

  private static final String LOST =
      """
      SELECT id FROM acknowledged
      WHERE NOT EXISTS (
        SELECT FROM transfer
        WHERE transfer.run = ?
          AND transfer.id = acknowledged.id AND transfer.sequence = acknowledged.sequence)
      ORDER BY sequence
      """;

  private static final String UNEXPECTED =
      """
      SELECT count(*) FROM (
        SELECT id, sequence FROM transfer WHERE run = ?
        EXCEPT SELECT id, sequence FROM attempt) AS unexpected
      """;

  private static final String DUPLICATES =
      """
      SELECT coalesce(sum(copies - 1), 0) FROM (
        SELECT count(*) AS copies FROM transfer WHERE run = ? GROUP BY id, sequence) AS kinds
      """;

  /** The figures of this journal. */
  Figures figures(Path journal) throws IOException, SQLException {
    load(journal);
    return new Figures(
        number("SELECT count(*) FROM acknowledged"),
        lost(),
        counted(UNEXPECTED),
        counted(DUPLICATES));
  }

  private void load(Path journal) throws IOException, SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS pg_temp.journal_line, pg_temp.attempt");
      statement.execute("DROP TABLE IF EXISTS pg_temp.acknowledged");
      statement.execute("CREATE TEMPORARY TABLE journal_line (field text[])");
      lines(Files.readAllLines(journal, StandardCharsets.UTF_8));
      statement.execute(TABLES);
    }
  }

  private void lines(List<String> lines) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_line VALUES (string_to_array(?, E'\\t'))")) {
      for (String line : lines) {
        insert.setString(1, line);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private List<UUID> lost() throws SQLException {
    List<UUID> lost = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(LOST)) {
      query.setString(1, run);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          lost.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return lost;
  }

  private long counted(String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, run);
      return first(query.executeQuery());
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement query = connection.createStatement()) {
      return first(query.executeQuery(sql));
    }
  }

  private static long first(ResultSet rows) throws SQLException {
    try (rows) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
