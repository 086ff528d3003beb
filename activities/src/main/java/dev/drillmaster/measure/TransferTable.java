package dev.drillmaster.measure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The table that the ledger service of the lab writes and the instrument reads. */
public final class TransferTable {

  private static final int FETCH_SIZE = 1000;

  private TransferTable() {}

  /** Creates the table if it is absent. To be called once, on the primary, before any service. */
  public static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Not unique on purpose: a duplicate must be found by the instrument, not prevented.
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS transfer (
            id uuid NOT NULL,
            run text NOT NULL,
            sequence bigint NOT NULL,
            amount integer NOT NULL,
            instance text NOT NULL,
            created_at timestamptz NOT NULL DEFAULT clock_timestamp())
          """);
      statement.execute(
          "CREATE INDEX IF NOT EXISTS transfer_run_sequence ON transfer (run, sequence)");
    }
  }

  /**
   * All rows of a run, each as often as it is there, in the order of their sequence. They are read
   * with row locks, which a standby refuses: what was read is what a primary holds.
   *
   * @param connection must not be in a transaction; its auto-commit mode is kept
   * @throws SQLException also if the server is a standby
   */
  public static List<TransferRow> read(Connection connection, String run) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    // The driver streams by fetch size only inside a transaction.
    connection.setAutoCommit(false);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id, sequence FROM transfer WHERE run = ? ORDER BY sequence FOR SHARE")) {
      statement.setFetchSize(FETCH_SIZE);
      statement.setString(1, run);
      List<TransferRow> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(new TransferRow(result.getObject(1, UUID.class), result.getLong(2)));
        }
      }
      return rows;
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }
}
