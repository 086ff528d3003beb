package dev.drillmaster.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of text in several styles. Its text must be without control characters: whoever shows
 * what comes from outside removes them first.
 */
public final class StyledLine {

  private record Span(Style style, String text) {}

  private final List<Span> spans = new ArrayList<>();

  /** Adds text. */
  public StyledLine add(Style style, String text) {
    spans.add(new Span(style, text));
    return this;
  }

  /** Adds plain text. */
  public StyledLine add(String text) {
    return add(Style.PLAIN, text);
  }

  /** How much room it takes. */
  public int columns() {
    return spans.stream().mapToInt(span -> Columns.of(span.text())).sum();
  }

  /** The line without its styles, cut to this width. */
  public String plain(int columns, String ellipsis) {
    StringBuilder line = new StringBuilder();
    fitting(columns, ellipsis).forEach(span -> line.append(span.text()));
    return line.toString();
  }

  /** The line as a terminal wants it, cut to this width. */
  String coded(int columns, String ellipsis) {
    StringBuilder line = new StringBuilder();
    fitting(columns, ellipsis).forEach(span -> line.append(span.style().of(span.text())));
    return line.toString();
  }

  private List<Span> fitting(int columns, String ellipsis) {
    if (columns() <= columns) {
      return spans;
    }
    List<Span> fitting = new ArrayList<>();
    int room = columns - Columns.of(ellipsis);
    for (Span span : spans) {
      String text = Columns.cut(span.text(), Math.max(0, room));
      fitting.add(new Span(span.style(), text));
      room -= Columns.of(text);
      if (text.length() < span.text().length()) {
        break;
      }
    }
    fitting.add(new Span(Style.DIM, ellipsis));
    return fitting;
  }
}
