package dev.drillmaster.terminal;

/**
 * How large a terminal is.
 *
 * @param columns at least 20: one that is smaller, or does not know, is taken for one of that width
 * @param rows at least 2
 */
public record TerminalSize(int columns, int rows) {

  private static final int LEAST_COLUMNS = 20;
  private static final int LEAST_ROWS = 2;

  /** What is taken for a terminal that does not know its size. */
  static final TerminalSize COMMON = new TerminalSize(80, 24);

  /** Enlarges it if it is too small. */
  public TerminalSize {
    columns = Math.max(LEAST_COLUMNS, columns);
    rows = Math.max(LEAST_ROWS, rows);
  }

  /** One less than there are: some terminals begin a new line when the last one is filled. */
  public int usableColumns() {
    return columns - 1;
  }

  /** Reads what stty prints: rows and columns; {@link #COMMON} if it is something else. */
  static TerminalSize parse(String said) {
    String[] fields = said.strip().split(" ", -1);
    if (fields.length != 2
        || !fields[0].matches("[0-9]{1,4}")
        || !fields[1].matches("[0-9]{1,4}")) {
      return COMMON;
    }
    int rows = Integer.parseInt(fields[0]);
    int columns = Integer.parseInt(fields[1]);
    return rows == 0 || columns == 0 ? COMMON : new TerminalSize(columns, rows);
  }
}
