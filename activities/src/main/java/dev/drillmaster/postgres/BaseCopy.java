package dev.drillmaster.postgres;

import dev.drillmaster.postgres.PostgresFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/**
 * A copy of the data directory of a running primary, by PostgreSQL's backup functions, since our
 * binaries have no pg_basebackup. It holds the log that it needs to become consistent, so it can
 * start even if its source is gone by then.
 *
 * <p>The target does not count as a data directory until {@link #complete}: PostgreSQL starts
 * nothing without the file PG_VERSION, which is copied last.
 *
 * @param source a primary that accepts connections
 * @param target an empty directory
 */
record BaseCopy(PostgresServer source, Path target) {

  private static final Duration STATEMENT = Duration.ofSeconds(60);
  private static final long SPARE_BYTES = 256L << 20;

  /** Copies all but PG_VERSION. */
  CopyReport run() throws IOException, SQLException, InterruptedException {
    long begun = System.nanoTime();
    // The backup ends with the session that began it, so one session is kept open over the copy.
    try (Connection session = source.connect("postgres", STATEMENT);
        Statement statement = session.createStatement()) {
      DiskSpace.require(target, sizeOf(statement) + SPARE_BYTES, "a copy of " + source.data());
      keepLog(session);
      Lsn from = begin(statement);
      FileCopy files = new FileCopy(source.data(), target);
      files.copyData();
      Lsn to = end(statement);
      long segmentBytes =
          Long.parseLong(
              text(statement, "SELECT setting FROM pg_settings WHERE name = 'wal_segment_size'"));
      long timeline =
          Long.parseLong(
              text(statement, "SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)"), 16);
      files.copyLog(timeline, segmentBytes, from, to);
      return new CopyReport(
          from,
          to,
          files.files(),
          files.vanished(),
          files.bytes(),
          Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  /** Makes the target a data directory. */
  void complete() throws IOException {
    DurableFiles.write(
        target.resolve(FileCopy.VERSION),
        Files.readString(source.data().resolve(FileCopy.VERSION)));
  }

  /** Without a slot the server may recycle log that we have not copied yet; ours ends with us. */
  private static void keepLog(Connection session) throws SQLException {
    try (PreparedStatement slot =
        session.prepareStatement("SELECT pg_create_physical_replication_slot(?, true, true)")) {
      slot.setString(1, "copy_" + UUID.randomUUID().toString().replace("-", ""));
      slot.execute();
    }
  }

  private static Lsn begin(Statement statement) throws SQLException {
    return Lsn.parse(
        text(statement, "SELECT pg_backup_start('drillmaster base copy', fast => true)"));
  }

  private Lsn end(Statement statement) throws SQLException, IOException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT lsn, labelfile, spcmapfile FROM pg_backup_stop(wait_for_archive => false)")) {
      row.next();
      DurableFiles.writeFresh(target.resolve("backup_label"), row.getString("labelfile"));
      String tablespaces = row.getString("spcmapfile");
      if (tablespaces != null && !tablespaces.isEmpty()) {
        DurableFiles.writeFresh(target.resolve("tablespace_map"), tablespaces);
      }
      return Lsn.parse(row.getString("lsn"));
    }
  }

  private static long sizeOf(Statement statement) throws SQLException {
    return Long.parseLong(
        text(statement, "SELECT sum(pg_database_size(oid))::bigint FROM pg_database"));
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Refuses a source that cannot be copied. */
  static void requirePrimary(PostgresServer source) throws IOException {
    NodeObservation seen = source.observe();
    if (!seen.writable()) {
      throw new PostgresFailure(
          seen.acceptsConnections() ? Kind.WRONG_STATE : Kind.COULD_NOT_LOOK,
          source.data()
              + " was not seen to be a writable primary, so nothing can follow it: "
              + seen);
    }
  }
}
