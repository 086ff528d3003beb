package dev.drillmaster.journal;

import java.util.regex.Pattern;

/** Names that become file names. */
final class Names {

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  private Names() {}

  static String checked(String name) {
    if (!SAFE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" cannot be the name of a target: use letters, digits, dots, dashes and"
              + " underscores, 100 at most");
    }
    return name;
  }
}
