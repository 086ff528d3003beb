package dev.drillmaster.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The database role with which standbys receive the log, and how they use it. */
final class ReplicationRole {

  private static final Duration STATEMENT = Duration.ofSeconds(10);

  private ReplicationRole() {}

  /** Makes the role on a primary, unless it is there. */
  static void ensure(PostgresServer primary) throws IOException, SQLException {
    primary.passwords().create(Passwords.REPLICATION);
    try (Connection connection = primary.connect("postgres", STATEMENT);
        Statement statement = connection.createStatement()) {
      if (exists(statement)) {
        return;
      }
      // A synchronous primary without its standby would wait for what we are about to make.
      statement.execute("SET synchronous_commit = local");
      statement.execute(
          "CREATE ROLE %s REPLICATION LOGIN PASSWORD '%s'"
              .formatted(
                  Passwords.REPLICATION, primary.passwords().verifier(Passwords.REPLICATION)));
    }
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT 1 FROM pg_roles WHERE rolname = '" + Passwords.REPLICATION + "'")) {
      return row.next();
    }
  }

  /** The value of {@code primary_conninfo} for a standby; it names a passfile, not a password. */
  static String conninfo(PostgresServer primary, PostgresServer standby) throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("host", "127.0.0.1");
    words.put("port", Integer.toString(primary.settings().replicationPort()));
    words.put("user", Passwords.REPLICATION);
    words.put("passfile", standby.passwords().passfile(Passwords.REPLICATION).toString());
    words.put("application_name", standby.settings().name());
    words.put("sslmode", "disable");
    words.put("connect_timeout", "2");
    return words.entrySet().stream()
        .map(word -> word.getKey() + "='" + escaped(word.getValue()) + "'")
        .collect(Collectors.joining(" "));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("'", "\\'");
  }
}
