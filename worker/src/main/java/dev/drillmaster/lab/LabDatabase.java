package dev.drillmaster.lab;

import dev.drillmaster.measure.TransferTable;
import dev.drillmaster.postgres.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The role, the database and the table of the ledger services. */
final class LabDatabase {

  private static final Duration STATEMENT = Duration.ofSeconds(30);

  private LabDatabase() {}

  /** Makes on a primary what is not there yet; can be interrupted anywhere and done again. */
  static void make(PostgresServer primary) throws IOException, SQLException {
    primary.passwords().create(LabFiles.ROLE);
    try (Connection connection = primary.connect("postgres", STATEMENT);
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + LabFiles.ROLE + "'")) {
        statement.execute(
            "CREATE ROLE %s LOGIN PASSWORD '%s'"
                .formatted(LabFiles.ROLE, primary.passwords().verifier(LabFiles.ROLE)));
      }
      if (!exists(
          statement, "SELECT 1 FROM pg_database WHERE datname = '" + LabFiles.DATABASE + "'")) {
        statement.execute(
            "CREATE DATABASE %s OWNER %s".formatted(LabFiles.DATABASE, LabFiles.ROLE));
      }
    }
    // As the role itself, so that it owns the table.
    try (Connection connection =
        DriverManager.getConnection(
            primary.jdbcUrl(LabFiles.DATABASE), primary.jdbcProperties(LabFiles.ROLE, STATEMENT))) {
      TransferTable.create(connection);
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next();
    }
  }
}
