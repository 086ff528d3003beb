package dev.drillmaster.injector;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Questions to a PostgreSQL server that it answers by one value. */
final class Sql {

  private Sql() {}

  /**
   * The first value of the first row; empty if there is none.
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
}
