package dev.drillmaster.terminal;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The terminal that standard output is. */
public final class Terminal {

  /** As the shell sees it; its own output goes to its standard error, since the other is asked. */
  private static final String ASK =
      "test -t 1 || exit 1; stty size <&1 >&2 2>/dev/null || echo unknown >&2";

  private static final Duration ASKED_AGAIN = Duration.ofSeconds(1);

  private TerminalSize size;
  private long askedAt = System.nanoTime();

  private Terminal(TerminalSize size) {
    this.size = size;
  }

  /**
   * The terminal, if there is one and it can be drawn on: not if {@code NO_COLOR} is set
   * (no-color.org), and not if {@code TERM} is absent or says {@code dumb}.
   */
  public static Optional<Terminal> find(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    boolean unwanted =
        term.isEmpty()
            || term.equals("dumb")
            || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return unwanted ? Optional.empty() : ask().map(Terminal::new);
  }

  /** Asks stty(1), since Java cannot; empty if standard output is no terminal. */
  private static Optional<TerminalSize> ask() {
    try {
      Process shell =
          new ProcessBuilder("sh", "-c", ASK)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .start();
      String said = new String(shell.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII);
      return shell.waitFor() == 0 ? Optional.of(TerminalSize.parse(said)) : Optional.empty();
    } catch (IOException noShell) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** How large it is now, or was a second ago. */
  public synchronized TerminalSize size() {
    if (System.nanoTime() - askedAt > ASKED_AGAIN.toNanos()) {
      size = ask().orElse(size);
      askedAt = System.nanoTime();
    }
    return size;
  }

  /** What it can show. */
  public Glyphs glyphs() {
    // Which of them there is depends on the release of Java.
    String encoding =
        System.getProperty(
            "stdout.encoding",
            System.getProperty(
                "sun.stdout.encoding", System.getProperty("native.encoding", "US-ASCII")));
    return Glyphs.in(
        Charset.isSupported(encoding) ? Charset.forName(encoding) : StandardCharsets.US_ASCII);
  }
}
