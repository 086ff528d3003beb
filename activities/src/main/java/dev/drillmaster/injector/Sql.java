package dev.drillmaster.injector;

import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What injectors ask a PostgreSQL server, most of which it answers by one value. */
final class Sql {

  /** What {@link #answer} says of a value that is not there. */
  static final String NULL = "null";

  private static final Pattern DOT = Pattern.compile("\\.");
  private static final Duration ENDED = Duration.ofSeconds(2);
  private static final Duration EVERY = Duration.ofMillis(10);

  private static final String END_SESSIONS =
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
          + " WHERE application_name = ? AND pid <> pg_backend_pid()";

  private Sql() {}

  /**
   * The first value of the first row; empty if there is none, {@link #NULL} if that is its value.
   *
   * @throws IOException if the server does not answer, or refuses, saying why
   */
  static String answer(Connection server, String sql, String... values) throws IOException {
    try (PreparedStatement statement = server.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? String.valueOf(row.getString(1)) : "";
      }
    } catch (SQLException refused) {
      throw new IOException("the server does not do it: " + refused.getMessage(), refused);
    }
  }

  /** The same for a number. */
  static int number(Connection server, String sql, String... values) throws IOException {
    return Integer.parseInt(answer(server, sql, values));
  }

  /** A name from a catalogue, or two with a dot between them, for a statement. */
  static String quoted(String name) {
    return Arrays.stream(DOT.split(name, -1))
        .map(part -> '"' + part.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining("."));
  }

  /** Whether there is a table, by its quoted name. */
  static boolean hasTable(Connection server, String quoted) throws IOException {
    return number(server, "SELECT count(to_regclass(?))", quoted) > 0;
  }

  /** How many sessions of a name there are. */
  static int sessions(Connection server, String name) throws IOException {
    return number(server, "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?", name);
  }

  /**
   * Ends all sessions of a name but the one that asks, were it one of them.
   *
   * @throws IOException if they are not gone within 2 s
   */
  static void endSessions(Connection server, String name) throws IOException, InterruptedException {
    answer(server, END_SESSIONS, name);
    if (!Poll.until(ENDED, EVERY, () -> sessions(server, name) == 0)) {
      throw new IOException("sessions " + name + " do not end");
    }
  }
}
