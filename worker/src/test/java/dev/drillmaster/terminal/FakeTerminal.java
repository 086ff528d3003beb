package dev.drillmaster.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A terminal as it is made of text: understands what {@link LiveScreen} sends and no more, so that
 * anything else fails a test. Lines that are too long go on in the next row, as on a real one.
 */
public final class FakeTerminal {

  private static final Pattern CODE = Pattern.compile("\u001b\\[(\\??)([0-9;]*)([A-Za-z])");

  private final List<StringBuilder> rows = new ArrayList<>();
  private final int columns;
  private int row;
  private int column;
  private boolean cursor = true;
  private int wrapped;

  public FakeTerminal(int columns) {
    this.columns = columns;
    rows.add(new StringBuilder());
  }

  /** Takes what a program writes. */
  public void write(String text) {
    Matcher code = CODE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '\u001b') {
        if (!code.find(at) || code.start() != at) {
          throw new IllegalStateException("not a sequence: " + text.substring(at));
        }
        obey(code);
        at = code.end();
      } else {
        put(text.charAt(at));
        at++;
      }
    }
  }

  private void obey(Matcher code) {
    String number = code.group(2);
    switch (code.group(3)) {
      case "A" -> row = Math.max(0, row - Integer.parseInt(number));
      case "K" -> rows.get(row).setLength(Math.min(column, rows.get(row).length()));
      case "J" -> {
        rows.get(row).setLength(Math.min(column, rows.get(row).length()));
        rows.subList(row + 1, rows.size()).clear();
      }
      case "h", "l" -> cursor = code.group(3).equals("h");
      case "m" -> {}
      default -> throw new IllegalStateException("unknown: " + code.group());
    }
  }

  private void put(char character) {
    if (character == '\r') {
      column = 0;
      return;
    }
    if (character == '\n' || column == columns) {
      wrapped += character == '\n' ? 0 : 1;
      row++;
      column = 0;
      while (rows.size() <= row) {
        rows.add(new StringBuilder());
      }
      if (character == '\n') {
        return;
      }
    }
    StringBuilder line = rows.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, character);
  }

  /** What a person sees. */
  public List<String> lines() {
    return rows.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  /** Whether a person sees the cursor. */
  public boolean showsCursor() {
    return cursor;
  }

  /** How often a line was too long. */
  public int wrapped() {
    return wrapped;
  }
}
