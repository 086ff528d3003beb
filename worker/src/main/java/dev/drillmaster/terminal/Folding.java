package dev.drillmaster.terminal;

import java.util.ArrayList;
import java.util.List;

/** Long lines as several that fit. */
public final class Folding {

  /** With less room than this beside the indent, there is none. */
  private static final int LEAST_ROOM = 16;

  private Folding() {}

  /**
   * Folds one line, at blanks where it can.
   *
   * @param columns the widest that a line may be
   * @param indent of all but the first; left out on a terminal that is too narrow for it
   */
  public static List<String> fold(String line, int columns, int indent) {
    String margin = " ".repeat(columns - indent < LEAST_ROOM ? 2 : indent);
    List<String> folded = new ArrayList<>();
    String rest = line;
    while (Columns.of(rest) > columns) {
      String taken = beforeBlank(rest, Columns.cut(rest, columns));
      folded.add(taken.stripTrailing());
      rest = margin + rest.substring(taken.length()).strip();
    }
    folded.add(rest.stripTrailing());
    return folded;
  }

  /** What fits, up to its last blank or the one that follows; all of it if there is none. */
  private static String beforeBlank(String rest, String fits) {
    int blank = rest.charAt(fits.length()) == ' ' ? fits.length() : fits.lastIndexOf(' ');
    // A blank of the margin is none at which a line can be broken.
    boolean insideText = blank > 0 && !fits.substring(0, blank).isBlank();
    return insideText ? fits.substring(0, blank) : fits;
  }
}
