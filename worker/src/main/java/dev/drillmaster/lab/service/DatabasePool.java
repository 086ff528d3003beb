package dev.drillmaster.lab.service;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.control.PrivateFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections to the database, weak or strong.
 *
 * <p>Strong: connecting and reading end within a second; only a primary is accepted; a caller waits
 * 250 ms for a connection, and only 20 ms while the database cannot be reached, since a request
 * that waits in the dark hides when service came back.
 */
final class DatabasePool implements AutoCloseable {

  /**
   * A few times what the load needs. Each is opened anew after an outage, which takes both sides
   * some milliseconds of processor for the password alone, just when service comes back.
   */
  private static final int SIZE = 4;

  private static final long PATIENCE_MILLIS = 250;
  private static final long PATIENCE_IN_THE_DARK_MILLIS = 20;

  private final HikariDataSource pool;
  private final boolean strong;
  // Until the first try has failed, callers wait for its result.
  private boolean reachable = true;

  DatabasePool(ServiceSettings settings) throws IOException, SQLException {
    this.strong = settings.strength() == ServiceSettings.Strength.STRONG;
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setServerNames(new String[] {"127.0.0.1"});
    database.setPortNumbers(new int[] {settings.databasePort()});
    database.setDatabaseName(settings.database());
    database.setUser(settings.user());
    database.setPassword(PrivateFile.read(settings.password()));
    database.setApplicationName("ledger-" + settings.name());
    HikariConfig config = new HikariConfig();
    config.setPoolName(settings.name());
    config.setMaximumPoolSize(SIZE);
    // A service starts whether or not its database is there.
    config.setInitializationFailTimeout(-1);
    config.setAutoCommit(false);
    config.setDataSource(strong ? strengthen(database, config) : database);
    this.pool = new HikariDataSource(config);
  }

  private DataSource strengthen(PGSimpleDataSource database, HikariConfig config)
      throws SQLException {
    database.setConnectTimeout(1);
    database.setLoginTimeout(1);
    database.setSocketTimeout(1);
    database.setTcpKeepAlive(true);
    // Checked by the driver while connecting, at no extra cost from PostgreSQL 14 on.
    database.setProperty(PGProperty.TARGET_SERVER_TYPE, "primary");
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setValidationTimeout(PATIENCE_MILLIS);
    return new PersistentDataSource(database, this::reachable);
  }

  private synchronized void reachable(boolean now) {
    reachable = now;
    notifyAll();
  }

  /**
   * A connection without auto-commit.
   *
   * @throws SQLException if none is free in time
   */
  Connection connection() throws SQLException {
    if (strong && pool.getHikariPoolMXBean().getTotalConnections() == 0) {
      awaitReachable();
    }
    return pool.getConnection();
  }

  /** HikariCP has one patience for both cases and looks for a change of it every 30 s only. */
  private synchronized void awaitReachable() throws SQLException {
    long latest = System.nanoTime() + PATIENCE_IN_THE_DARK_MILLIS * 1_000_000;
    try {
      for (long left; !reachable; wait(Math.max(1, left / 1_000_000))) {
        left = latest - System.nanoTime();
        if (left <= 0) {
          throw new SQLTransientConnectionException("the database cannot be reached", "08001");
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted", "08001", stopping);
    }
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
