package dev.drillmaster.postgres;

import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Whether a primary waits for its standby before it acknowledges. Only the value that is set here
 * is ever taken away again: another one is somebody else's.
 *
 * @param primary the server that waits
 * @param standby the server that it waits for
 */
public record SynchronousReplication(PostgresServer primary, PostgresServer standby) {

  private static final Duration STATEMENT = Duration.ofSeconds(5);

  /**
   * Lets the primary wait, and returns when it does.
   *
   * @return whether the standby was seen to be synchronous within the bound
   * @throws PostgresFailure if the primary waits for others already, or for nobody on purpose
   */
  public boolean begin(Duration bound) throws IOException, SQLException, InterruptedException {
    try (Connection connection = primary.connect("postgres", STATEMENT);
        Statement statement = connection.createStatement()) {
      String names = value(statement, "SHOW synchronous_standby_names");
      String commit = value(statement, "SHOW synchronous_commit");
      if (!names.isEmpty() && !names.equals(ours())) {
        throw new PostgresFailure(
            PostgresFailure.Kind.WRONG_STATE,
            "synchronous_standby_names of %s is \"%s\" already".formatted(primary.data(), names));
      }
      if (commit.equals("off") || commit.equals("local")) {
        throw new PostgresFailure(
            PostgresFailure.Kind.WRONG_STATE,
            "synchronous_commit of %s is %s, so that it waits for nobody"
                .formatted(primary.data(), commit));
      }
      set(statement, "= '" + ours() + "'");
    }
    return Poll.until(bound, this::holds);
  }

  /**
   * Lets the primary wait no more, if it does because of {@link #begin}.
   *
   * @return whether it did
   */
  public boolean end() throws IOException, SQLException {
    try (Connection connection = primary.connect("postgres", STATEMENT);
        Statement statement = connection.createStatement()) {
      if (!value(statement, "SHOW synchronous_standby_names").equals(ours())) {
        return false;
      }
      set(statement, "= DEFAULT");
      return true;
    }
  }

  private String ours() throws IOException {
    return "FIRST 1 (" + standby.settings().name() + ")";
  }

  private boolean holds() throws IOException {
    try (Connection connection = primary.connect("postgres", STATEMENT);
        Statement statement = connection.createStatement()) {
      return value(
              statement,
              "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync' AND"
                  + " application_name = '"
                  + standby.settings().name()
                  + "'")
          .equals("1");
    } catch (SQLException busy) {
      throw new PostgresFailure(
          PostgresFailure.Kind.COULD_NOT_LOOK, primary.data() + " does not answer", busy);
    }
  }

  private static void set(Statement statement, String how) throws SQLException {
    statement.execute("ALTER SYSTEM SET synchronous_standby_names " + how);
    statement.execute("SELECT pg_reload_conf()");
  }

  private static String value(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
