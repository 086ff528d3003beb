package dev.drillmaster.lab.service;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Books transfers, one transaction each, and is exact about what it knows of a failure. */
final class Transfers {

  /** A transfer as a caller asks for it. */
  record Transfer(UUID id, String run, long sequence, int amount) {}

  /**
   * A committed transfer.
   *
   * @param lsn position in the log right after the commit; null if it could not be read
   * @param timeline of that position; 0 if it could not be read
   */
  record Booked(UUID id, @Nullable String lsn, int timeline) {}

  /** Certainly not committed. */
  static final class NotCommitted extends Exception {
    NotCommitted(SQLException cause) {
      super(cause);
    }
  }

  /** Perhaps committed: the commit was sent and its answer did not come or was an error. */
  static final class PerhapsCommitted extends Exception {
    PerhapsCommitted(SQLException cause) {
      super(cause);
    }
  }

  private static final int REHEARSALS = 100;
  private static final String INSERT =
      "INSERT INTO transfer (id, run, sequence, amount, instance) VALUES (?, ?, ?, ?, ?)";
  // The file name begins with the timeline that is being written, as eight hexadecimal digits. The
  // control file would name that of the last checkpoint, which may still be the old one.
  private static final String POSITION =
      "SELECT pg_current_wal_insert_lsn()::text, pg_walfile_name(pg_current_wal_insert_lsn())";

  private final DatabasePool pool;
  private final String instance;

  Transfers(DatabasePool pool, String instance) {
    this.pool = pool;
    this.instance = instance;
  }

  Booked book(Transfer transfer) throws NotCommitted, PerhapsCommitted {
    boolean commitSent = false;
    try (Connection connection = pool.connection()) {
      insert(connection, transfer);
      commitSent = true;
      connection.commit();
      return booked(connection, transfer.id());
    } catch (SQLException failed) {
      pool.failed(failed);
      if (commitSent) {
        throw new PerhapsCommitted(failed);
      }
      throw new NotCommitted(failed);
    }
  }

  /**
   * Books transfers and takes them back, so that the first real ones do not wait for this program
   * to be loaded and compiled.
   *
   * @throws SQLException if the database cannot be written
   */
  void rehearse() throws SQLException {
    for (int i = 0; i < REHEARSALS; i++) {
      try (Connection connection = pool.connection()) {
        insert(connection, new Transfer(new UUID(0, i), "rehearsal", i, 0));
        connection.rollback();
        booked(connection, new UUID(0, i));
      }
    }
  }

  private void insert(Connection connection, Transfer transfer) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, transfer.id());
      insert.setString(2, transfer.run());
      insert.setLong(3, transfer.sequence());
      insert.setInt(4, transfer.amount());
      insert.setString(5, instance);
      insert.executeUpdate();
    }
  }

  /** The commit is certain by now, so a failure here must not make it look uncertain. */
  private Booked booked(Connection connection, UUID id) {
    try {
      // Auto-commit, or the query would open a transaction and cost a further round trip.
      connection.setAutoCommit(true);
      try (PreparedStatement query = connection.prepareStatement(POSITION);
          ResultSet position = query.executeQuery()) {
        position.next();
        return new Booked(
            id, position.getString(1), Integer.parseInt(position.getString(2).substring(0, 8), 16));
      }
    } catch (SQLException failed) {
      pool.failed(failed);
      return new Booked(id, null, 0);
    }
  }

  /**
   * Checks that the database can be written.
   *
   * @throws SQLException if it cannot be reached or is read-only
   */
  void checkWritable() throws SQLException {
    try (Connection connection = pool.connection();
        PreparedStatement query = connection.prepareStatement("SHOW transaction_read_only");
        ResultSet result = query.executeQuery()) {
      result.next();
      if (!"off".equals(result.getString(1))) {
        SQLException readOnly = new SQLException("the database is read-only", "25006");
        pool.failed(readOnly);
        throw readOnly;
      }
    }
  }
}
