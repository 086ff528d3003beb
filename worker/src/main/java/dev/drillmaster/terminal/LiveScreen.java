package dev.drillmaster.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A few lines at the bottom of a terminal that are drawn anew in place, below lines that scroll.
 * Plain ANSI sequences, which every terminal of today understands; a library would bring native
 * code for the sake of five of them.
 *
 * <p>No line is wider than the terminal, and the lines are fewer than its rows: so it is known how
 * far up the last drawing began. After the terminal was made narrower, it is assumed to have folded
 * what stood there, as those do that reflow.
 */
public final class LiveScreen implements AutoCloseable {

  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final Supplier<TerminalSize> size;
  private final Glyphs glyphs;
  private final int indent;
  private final Thread cursorBack = new Thread(this::showCursor, "cursor");
  private List<Integer> drawn = List.of();
  private boolean closed;

  /**
   * Hides the cursor until it is closed, or the program ends.
   *
   * @param size asked before each drawing
   * @param indent of scrolling lines that have to be folded
   */
  public LiveScreen(PrintWriter out, Supplier<TerminalSize> size, Glyphs glyphs, int indent) {
    this.out = out;
    this.size = size;
    this.glyphs = glyphs;
    this.indent = indent;
    try {
      Runtime.getRuntime().addShutdownHook(cursorBack);
      out.print(HIDE_CURSOR);
    } catch (IllegalStateException endingAlready) {
      // Then the cursor stays.
      return;
    }
  }

  /**
   * Prints lines that stay, and draws the block anew below them.
   *
   * @param above without control characters; what is too long is folded
   * @param block what is too long is cut, and what is too high left out
   */
  public synchronized void draw(List<String> above, List<StyledLine> block) {
    if (closed) {
      above.forEach(out::println);
      out.flush();
      return;
    }
    TerminalSize now = size.get();
    StringBuilder text = new StringBuilder(backToTheTop(now));
    for (String line : above) {
      Folding.fold(line, now.usableColumns(), indent).forEach(part -> line(text, part));
    }
    List<Integer> drawing = new ArrayList<>();
    for (StyledLine line : block.subList(0, Math.min(block.size(), now.rows() - 1))) {
      line(text, line.coded(now.usableColumns(), glyphs.ellipsis()));
      drawing.add(Math.min(line.columns(), now.usableColumns()));
    }
    text.append(CLEAR_BELOW);
    // In one piece, so that no half of it is ever seen.
    out.print(text);
    out.flush();
    drawn = drawing;
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append(CLEAR_LINE).append('\n');
  }

  private String backToTheTop(TerminalSize now) {
    int up =
        drawn.stream()
            .mapToInt(width -> Math.max(1, (width + now.columns() - 1) / now.columns()))
            .sum();
    // Further up is out of reach.
    int reached = Math.min(up, now.rows() - 1);
    return reached == 0 ? "\r" : "\r\u001b[" + reached + "A";
  }

  private synchronized void showCursor() {
    out.print(SHOW_CURSOR);
    out.flush();
  }

  /** Removes the block and leaves the terminal as it was. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    draw(List.of(), List.of());
    closed = true;
    showCursor();
    try {
      Runtime.getRuntime().removeShutdownHook(cursorBack);
    } catch (IllegalStateException endingAlready) {
      // The hook has run or will; once more does no harm.
      return;
    }
  }
}
