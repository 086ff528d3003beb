package dev.drillmaster.postgres;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code name = 'value'} of a PostgreSQL configuration file. We write every value in quotes,
 * and so does ALTER SYSTEM.
 */
record ConfigLine(String name, String value) {

  private static final Pattern SYNTAX =
      Pattern.compile("\\s*([A-Za-z_][\\w.]*)\\s*=?\\s*'((?:[^']|'')*)'\\s*(?:#.*)?");

  /** Reads a line; empty for comments and for what is not in quotes. */
  static Optional<ConfigLine> parse(String line) {
    Matcher matcher = SYNTAX.matcher(line);
    return matcher.matches()
        ? Optional.of(new ConfigLine(matcher.group(1), matcher.group(2).replace("''", "'")))
        : Optional.empty();
  }

  /** The line without its end. */
  String text() {
    if (value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a setting must be one line: " + name);
    }
    return name + " = '" + value.replace("'", "''") + "'";
  }
}
