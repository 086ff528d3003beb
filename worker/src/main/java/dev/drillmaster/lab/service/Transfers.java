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
   * @param lsn position in the log right after the commit; null if it could not be read any more. A
   *     position from before the commit would not do: a fork between the two loses the transfer
   * @param timeline of the commit
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
  // The file name begins with the timeline that is being written, as eight hexadecimal digits. The
  // control file would name that of the last checkpoint, which may still be the old one.
  private static final String POSITION =
      "pg_current_wal_insert_lsn()::text, pg_walfile_name(pg_current_wal_insert_lsn())";
  private static final String INSERT =
      "INSERT INTO transfer (id, run, sequence, amount, instance) VALUES (?, ?, ?, ?, ?) RETURNING "
          + POSITION;

  private final DatabasePool pool;
  private final String instance;

  Transfers(DatabasePool pool, String instance) {
    this.pool = pool;
    this.instance = instance;
  }

  Booked book(Transfer transfer) throws NotCommitted, PerhapsCommitted {
    boolean commitSent = false;
    try (Connection connection = pool.connection()) {
      Booked before = insert(connection, transfer);
      commitSent = true;
      connection.commit();
      return booked(connection, before);
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
        Booked before = insert(connection, new Transfer(new UUID(0, i), "rehearsal", i, 0));
        connection.rollback();
        booked(connection, before);
      }
    }
  }

  private Booked insert(Connection connection, Transfer transfer) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, transfer.id());
      insert.setString(2, transfer.run());
      insert.setLong(3, transfer.sequence());
      insert.setInt(4, transfer.amount());
      insert.setString(5, instance);
      try (ResultSet position = insert.executeQuery()) {
        return booked(transfer.id(), position);
      }
    }
  }

  private static Booked booked(UUID id, ResultSet position) throws SQLException {
    position.next();
    int timeline = Integer.parseInt(position.getString(2).substring(0, 8), 16);
    return new Booked(id, position.getString(1), timeline);
  }

  /** The commit is certain by now, so a failure here must not make it look uncertain. */
  private Booked booked(Connection connection, Booked before) {
    try {
      // Auto-commit, or the query would open a transaction and cost a further round trip.
      connection.setAutoCommit(true);
      try (PreparedStatement query = connection.prepareStatement("SELECT " + POSITION);
          ResultSet position = query.executeQuery()) {
        return booked(before.id(), position);
      }
    } catch (SQLException failed) {
      pool.failed(failed);
      return new Booked(before.id(), null, before.timeline());
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
