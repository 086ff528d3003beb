package dev.drillmaster.database;

import dev.drillmaster.postgres.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connects a role to the ledger database, on the port that its server has at that time: a pool
 * outlives a restart that had to take another port.
 */
final class LedgerSource extends PGSimpleDataSource {

  private final PostgresServer server;

  /**
   * @param limit how long a statement may take; the server ends it, and a second later the socket
   *     times out
   */
  LedgerSource(PostgresServer server, String role, Duration limit)
      throws IOException, SQLException {
    this.server = server;
    setServerNames(new String[] {"127.0.0.1"});
    setDatabaseName(LedgerDatabase.NAME);
    Properties properties = server.jdbcProperties(role, limit);
    for (String name : properties.stringPropertyNames()) {
      setProperty(name, properties.getProperty(name));
    }
  }

  @Override
  public synchronized Connection getConnection(String user, String password) throws SQLException {
    try {
      setPortNumbers(new int[] {server.settings().port()});
    } catch (IOException unknown) {
      throw new SQLException(
          "the port of the ledger database is not known: " + unknown.getMessage(), unknown);
    }
    return super.getConnection(user, password);
  }
}
