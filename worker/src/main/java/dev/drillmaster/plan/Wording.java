package dev.drillmaster.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What messages about names and values have in common. */
final class Wording {

  private static final int LONGEST = 60;

  private Wording() {}

  /** What a text says, in quotes, shortened if it is long. */
  static String quoted(String text) {
    int points = text.codePointCount(0, text.length());
    String shown =
        points <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "...";
    return "\"" + shown + "\"";
  }

  /** There is nothing of this name: which one may be meant, and which there are. */
  static String unknown(String kind, String name, Collection<String> known) {
    String meant =
        nearest(name, known).map(near -> "; did you mean " + quoted(near) + "?").orElse("");
    String all = known.isEmpty() ? "none is known" : "there are: " + String.join(", ", known);
    return "there is no "
        + kind
        + " "
        + quoted(name)
        + (meant.isEmpty() ? "; " : meant + " ")
        + all;
  }

  /** The known name that differs least, if it differs by no more than a slip of the hand. */
  static Optional<String> nearest(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    int most = Math.max(1, name.length() / 3);
    return known.stream()
        .filter(other -> distance(name, other) <= most)
        .min(Comparator.comparingInt(other -> distance(name, other)));
  }

  /** Levenshtein's distance, whatever the case of the letters. */
  private static int distance(String one, String other) {
    String from = one.toLowerCase(Locale.ROOT);
    String to = other.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }

  /** Names in a sentence: {@code a, b or c}. */
  static String oneOf(List<String> names) {
    int last = names.size() - 1;
    return last <= 0
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
