package dev.drillmaster.program;

import dev.drillmaster.home.Home;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The ledger as a test sees it, past our own code. */
final class LedgerView {

  private static final List<String> STATE_TABLES =
      List.of(
          "run",
          "step",
          "injection",
          "compensation",
          "observation",
          "finding",
          "operator_command",
          "campaign",
          "permit",
          "global_stop",
          "agent");

  private final PostgresServer server;

  LedgerView(Home home) throws IOException {
    // Only its home and passwords are needed to connect.
    Path programs = home.binaries().resolve("bin");
    server =
        PostgresServer.of(
            programs, home.ledger(), new Passwords(home.ledger().resolve("passwords")));
  }

  Connection connect() throws IOException, SQLException {
    return server.connect("drillmaster", Duration.ofSeconds(60));
  }

  /** The first column of what a query answers. */
  List<String> column(String sql) throws IOException, SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> column = new ArrayList<>();
      while (rows.next()) {
        column.add(String.valueOf(rows.getString(1)));
      }
      return column;
    }
  }

  /** State rows whose audit row is not there, by table. */
  List<String> unaudited() throws IOException, SQLException {
    List<String> found = new ArrayList<>();
    for (String table : STATE_TABLES) {
      found.addAll(
          column(
              "SELECT '%s' FROM ledger.%s s WHERE NOT EXISTS (SELECT FROM ledger.audit_event a WHERE a.month = s.month AND a.id = s.audit_id AND a.run_id = s.run_id)"
                  .formatted(table, table)));
    }
    return found;
  }
}
