package dev.drillmaster.schema.migration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** What PostgreSQL's catalogue says about the ledger's schemas. */
final class Catalogue {

  /** A schema, table, view, column or function, and what its comment says. */
  record Described(
      String schema,
      String kind,
      String object,
      @Nullable String column,
      @Nullable String type,
      String comment) {}

  private Catalogue() {}

  static String dump(PGSimpleDataSource database) throws SQLException {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery(resource("/dump.sql"))) {
      while (lines.next()) {
        dump.append(lines.getString(1).stripTrailing()).append('\n');
      }
    }
    return dump.toString();
  }

  static List<Described> describe(PGSimpleDataSource database) throws SQLException {
    List<Described> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(resource("/comments.sql"))) {
      while (row.next()) {
        found.add(
            new Described(
                row.getString("schema_name"),
                row.getString("kind"),
                row.getString("object"),
                row.getString("column_name"),
                row.getString("type"),
                row.getString("comment")));
      }
    }
    return found;
  }

  private static String resource(String name) {
    try (var in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
  }
}
