package dev.drillmaster.plan;

import java.util.Comparator;

/**
 * A place in a file, as editors count.
 *
 * @param line from 1
 * @param column from 1
 */
record Place(int line, int column) implements Comparable<Place> {

  /** Where a file begins: for what is wrong with all of it. */
  static final Place START = new Place(1, 1);

  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

  /** The place after a text that begins at the start of a file. */
  static Place after(CharSequence text) {
    int line = 1;
    int column = 1;
    for (int point : text.codePoints().toArray()) {
      line = point == '\n' ? line + 1 : line;
      column = point == '\n' ? 1 : column + 1;
    }
    return new Place(line, column);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
