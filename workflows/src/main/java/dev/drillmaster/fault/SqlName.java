package dev.drillmaster.fault;

import java.util.List;
import java.util.regex.Pattern;

/** Names in a database, as a plan writes them: as they are in the catalogue, without quotes. */
final class SqlName {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,62}");
  private static final Pattern DOT = Pattern.compile("\\.");

  private SqlName() {}

  /** What is wrong with the name of a database or column, if anything. */
  static List<String> problems(String what, String name) {
    return NAME.matcher(name).matches() ? List.of() : List.of(what + " must be a name");
  }

  /** The same for a table, which may have its schema and a dot before it. */
  static List<String> problemsOfTable(String table) {
    String[] parts = DOT.split(table, -1);
    return parts.length <= 2 && List.of(parts).stream().allMatch(NAME.asMatchPredicate())
        ? List.of()
        : List.of("table must be a name, or schema.name");
  }
}
