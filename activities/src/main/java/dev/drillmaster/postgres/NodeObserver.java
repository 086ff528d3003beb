package dev.drillmaster.postgres;

import dev.drillmaster.postgres.NodeObservation.Downstream;
import dev.drillmaster.postgres.NodeObservation.NodeRole;
import dev.drillmaster.postgres.NodeObservation.Reach;
import dev.drillmaster.postgres.NodeObservation.Upstream;
import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a server from outside (its processes) and from inside (its catalogue). */
final class NodeObserver {

  /** SQLSTATE cannot_connect_now: starting up, recovering, shutting down. */
  private static final String CANNOT_CONNECT_NOW = "57P03";

  // Whether it recovers is asked once, so that a promotion in the middle cannot mix two roles.
  private static final String ROLE =
      """
      WITH node AS MATERIALIZED (SELECT pg_is_in_recovery() AS recovering)
      SELECT recovering,
             current_setting('transaction_read_only') = 'off' AS writable,
             current_setting('data_directory') AS data,
             CASE WHEN recovering
                  THEN coalesce(receiver.received_tli,
                                nullif(recovery.min_recovery_end_timeline, 0),
                                control.timeline_id)::bigint
                  ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint
             END AS timeline,
             CASE WHEN NOT recovering THEN pg_current_wal_flush_lsn()::text END AS flushed,
             CASE WHEN recovering THEN pg_last_wal_receive_lsn()::text END AS received,
             CASE WHEN recovering THEN pg_last_wal_replay_lsn()::text END AS replayed,
             recovering AND pg_get_wal_replay_pause_state() <> 'not paused' AS paused,
             receiver.status, receiver.sender_host, receiver.sender_port
        FROM node
        CROSS JOIN pg_control_checkpoint() control
        CROSS JOIN pg_control_recovery() recovery
        LEFT JOIN pg_stat_wal_receiver receiver ON true
      """;

  private static final String DOWNSTREAMS =
      """
      SELECT application_name, state, flush_lsn::text, replay_lsn::text, sync_state
        FROM pg_stat_replication
      """;

  private NodeObserver() {}

  static NodeObservation observe(PostgresServer server) throws IOException {
    List<ProcessId> members = server.members();
    boolean postmaster = server.postmaster().filter(members::contains).isPresent();
    boolean frozen = members.stream().anyMatch(ProcessId::isFrozen);
    if (members.isEmpty()) {
      return new NodeObservation(0, false, false, Reach.NOT_RUNNING, "", Optional.empty());
    }
    Reach reach;
    String detail;
    try (Connection connection = ServerConnections.look(server)) {
      NodeRole role = role(connection, server.data());
      return new NodeObservation(
          members.size(), postmaster, frozen, Reach.ANSWERED, "", Optional.of(role));
    } catch (SQLException refused) {
      reach =
          CANNOT_CONNECT_NOW.equals(refused.getSQLState()) ? Reach.REFUSED : Reach.COULD_NOT_LOOK;
      detail = refused.getMessage() + " (SQLSTATE " + refused.getSQLState() + ")";
    } catch (AnotherServer other) {
      reach = Reach.COULD_NOT_LOOK;
      detail = String.valueOf(other.getMessage());
    }
    return new NodeObservation(members.size(), postmaster, frozen, reach, detail, Optional.empty());
  }

  private static NodeRole role(Connection connection, Path data)
      throws SQLException, AnotherServer, IOException {
    try (Statement statement = connection.createStatement()) {
      List<Downstream> downstreams = downstreams(statement);
      try (ResultSet row = statement.executeQuery(ROLE)) {
        row.next();
        if (!Path.of(row.getString("data")).toRealPath().equals(data.toRealPath())) {
          throw new AnotherServer(row.getString("data"));
        }
        return new NodeRole(
            row.getBoolean("recovering"),
            row.getBoolean("writable"),
            row.getLong("timeline"),
            position(row, "flushed"),
            position(row, "received"),
            position(row, "replayed"),
            row.getBoolean("paused"),
            upstream(row),
            downstreams);
      }
    }
  }

  private static Optional<Upstream> upstream(ResultSet row) throws SQLException {
    String status = row.getString("status");
    String host = row.getString("sender_host");
    if (status == null || host == null) {
      return Optional.empty();
    }
    return Optional.of(new Upstream(host, row.getInt("sender_port"), status));
  }

  private static List<Downstream> downstreams(Statement statement) throws SQLException {
    List<Downstream> downstreams = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(DOWNSTREAMS)) {
      while (row.next()) {
        downstreams.add(
            new Downstream(
                row.getString("application_name"),
                row.getString("state"),
                position(row, "flush_lsn"),
                position(row, "replay_lsn"),
                row.getString("sync_state")));
      }
    }
    return downstreams;
  }

  private static Optional<Lsn> position(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(Lsn::parse);
  }

  /** Our port is answered by a server that works in another directory. */
  private static final class AnotherServer extends Exception {
    AnotherServer(String data) {
      super("its port is answered by another server, whose data directory is " + data);
    }
  }
}
