package dev.drillmaster.lab.service;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connects again every 20 ms until it succeeds. HikariCP alone doubles its wait after each failure,
 * up to 5 s, so that it would notice a recovered database seconds late. Its one connecting thread
 * is the only caller, so that a long call delays nobody.
 */
final class PersistentDataSource implements DataSource {

  private static final long PAUSE_MILLIS = 20;

  private final DataSource database;
  private final Consumer<Boolean> reachable;

  /**
   * Wraps a data source.
   *
   * @param reachable told after each try whether the database could be reached
   */
  PersistentDataSource(DataSource database, Consumer<Boolean> reachable) {
    this.database = database;
    this.reachable = reachable;
  }

  @Override
  public Connection getConnection() throws SQLException {
    while (true) {
      try {
        Connection connection = database.getConnection();
        reachable.accept(true);
        return connection;
      } catch (SQLException failed) {
        reachable.accept(false);
        pause(failed);
      }
    }
  }

  private static void pause(SQLException failed) throws SQLException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw failed;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the user is that of the service");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return database.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    database.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    // HikariCP sets this from its own patience, which is shorter than connecting may take.
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return database.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return database.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return database.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return database.isWrapperFor(type);
  }
}
