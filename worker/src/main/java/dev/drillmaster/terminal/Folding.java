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
      String fits = Columns.cut(rest, columns);
      int blank = fits.lastIndexOf(' ');
      // A blank of the margin is none at which a line can be broken.
      boolean atBlank = !fits.substring(0, Math.max(0, blank)).isBlank();
      String taken = atBlank ? fits.substring(0, blank) : fits;
      folded.add(taken.stripTrailing());
      rest = margin + rest.substring(taken.length()).strip();
    }
    folded.add(rest.stripTrailing());
    return folded;
  }
}
