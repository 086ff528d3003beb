package dev.drillmaster.cli;

import dev.drillmaster.report.Visible;
import java.util.ArrayList;
import java.util.List;

/**
 * Text for any terminal: no control characters, lines of at most {@value #WIDTH} columns. Much of
 * what is shown comes from outside (answers to probes, messages of servers), and none of it may
 * move the cursor or look like a line of ours.
 */
final class PlainText {

  /** A blank at which no line is broken. */
  static final char TIE = '\u00a0';

  /** The columns of the smallest terminal that people still use. */
  static final int WIDTH = 80;

  private PlainText() {}

  /** The text on one line: white space becomes one blank, what cannot be seen becomes {@code ?}. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> Character.isWhitespace(point) ? ' ' : Visible.orElse(point, '?'))
        .filter(point -> point != ' ' || !endsWithBlank(line))
        .forEach(line::appendCodePoint);
    return line.toString().strip();
  }

  private static boolean endsWithBlank(StringBuilder line) {
    return !line.isEmpty() && line.charAt(line.length() - 1) == ' ';
  }

  /** The text in lines that fit, the first after {@code label} and the others indented like it. */
  static List<String> wrapped(String label, String text) {
    int room = WIDTH - label.length();
    List<String> lines = new ArrayList<>();
    String rest = oneLine(text);
    while (rest.length() > room) {
      int blank = rest.lastIndexOf(' ', room);
      // A word that is longer than a line is cut: a terminal would do no better.
      int end = blank > 0 ? blank : room;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    lines.add(rest);
    String indent = " ".repeat(label.length());
    for (int index = 0; index < lines.size(); index++) {
      String line = (index == 0 ? label : indent) + lines.get(index);
      lines.set(index, line.replace(TIE, ' ').stripTrailing());
    }
    return lines;
  }
}
