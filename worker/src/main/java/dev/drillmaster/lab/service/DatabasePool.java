package dev.drillmaster.lab.service;

import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.control.PrivateFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections to the database, weak or strong.
 *
 * <p>Strong: connecting and reading end within a second; only a primary is accepted; a caller waits
 * 250 ms for a connection, and only 50 ms while the database cannot be reached, since a request
 * that waits in the dark hides when service came back.
 */
final class DatabasePool implements AutoCloseable {

  private static final int SIZE = 8;
  private static final long PATIENCE_MILLIS = 250;
  private static final long PATIENCE_IN_THE_DARK_MILLIS = 50;

  private final HikariDataSource pool = new HikariDataSource();
  private final boolean strong;

  DatabasePool(ServiceSettings settings) throws IOException, SQLException {
    this.strong = settings.strength() == ServiceSettings.Strength.STRONG;
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setServerNames(new String[] {"127.0.0.1"});
    database.setPortNumbers(new int[] {settings.databasePort()});
    database.setDatabaseName(settings.database());
    database.setUser(settings.user());
    database.setPassword(PrivateFile.read(settings.password()));
    database.setApplicationName("ledger-" + settings.name());
    pool.setPoolName(settings.name());
    pool.setMaximumPoolSize(SIZE);
    // A service starts whether or not its database is there.
    pool.setInitializationFailTimeout(-1);
    pool.setAutoCommit(false);
    pool.setDataSource(strong ? strengthen(database) : database);
  }

  /** To be called before any pool is made: lets a pool wait for less than 250 ms. */
  static void allowShortWaits() {
    System.setProperty(
        "com.zaxxer.hikari.timeoutMs.floor", Long.toString(PATIENCE_IN_THE_DARK_MILLIS));
  }

  private DataSource strengthen(PGSimpleDataSource database) throws SQLException {
    database.setConnectTimeout(1);
    database.setLoginTimeout(1);
    database.setSocketTimeout(1);
    database.setTcpKeepAlive(true);
    // Checked by the driver while connecting, at no extra cost from PostgreSQL 14 on.
    database.setProperty(PGProperty.TARGET_SERVER_TYPE, "primary");
    pool.setConnectionTimeout(PATIENCE_MILLIS);
    pool.setValidationTimeout(PATIENCE_MILLIS - 1);
    return new PersistentDataSource(database, this::reachable);
  }

  private void reachable(boolean reachable) {
    pool.setConnectionTimeout(reachable ? PATIENCE_MILLIS : PATIENCE_IN_THE_DARK_MILLIS);
  }

  /** A connection without auto-commit. The first call fills the pool. */
  Connection connection() throws SQLException {
    return pool.getConnection();
  }

  /**
   * Tells the pool that a use of a connection failed. Hikari drops broken connections by itself; a
   * server that turned read-only it does not know.
   */
  void failed(SQLException failure) {
    if (strong && "25006".equals(failure.getSQLState())) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
