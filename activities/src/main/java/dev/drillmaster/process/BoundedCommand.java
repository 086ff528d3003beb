package dev.drillmaster.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program of the system that is started by us, reads what we tell it, and must end within a time.
 * No shell is between: words are arguments, and nothing in them has a meaning for anybody else.
 */
public final class BoundedCommand implements AutoCloseable {

  /**
   * What became of it.
   *
   * @param exit its exit code
   * @param out what it printed
   * @param errors what it printed as errors
   */
  public record Output(int exit, String out, String errors) {

    /** Whether it says that it did what it was asked for. */
    public boolean succeeded() {
      return exit == 0;
    }

    /** Errors in one line, for people. */
    public String complaint() {
      String said = errors.isBlank() ? out : errors;
      return said.isBlank() ? "exit code " + exit : said.strip().lines().findFirst().orElseThrow();
    }
  }

  private static final Duration LOOK = Duration.ofMillis(2);

  /** Where the tools for root are, which the PATH of a service often lacks. */
  private static final List<Path> FOR_ROOT =
      List.of(Path.of("/usr/local/sbin"), Path.of("/usr/sbin"), Path.of("/sbin"));

  private final List<String> words;
  private final Process process;

  private BoundedCommand(List<String> words, Process process) {
    this.words = words;
    this.process = process;
  }

  /** Starts it; what it has not been told yet it waits for, and reads end of file if we die. */
  public static BoundedCommand start(List<String> words) throws IOException {
    return start(words, null);
  }

  private static BoundedCommand start(List<String> words, @Nullable Path directory)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    // Its answers are read.
    builder.environment().put("LC_ALL", "C");
    return new BoundedCommand(words, builder.start());
  }

  /**
   * All of it.
   *
   * @param input what it reads
   * @param limit how long it may take; it is killed then
   * @throws IOException if it cannot be started, or does not end in time
   */
  public static Output run(List<String> words, String input, Duration limit)
      throws IOException, InterruptedException {
    return run(words, null, input, limit);
  }

  /**
   * The same in a directory.
   *
   * @param directory where it works; where we do if null
   */
  public static Output run(
      List<String> words, @Nullable Path directory, String input, Duration limit)
      throws IOException, InterruptedException {
    try (BoundedCommand command = start(words, directory)) {
      return command.finish(input, limit);
    }
  }

  /** A program on the PATH or where those for root are; empty if it is not installed. */
  public static Optional<Path> find(String program) {
    return Programs.find(program, System.getenv().getOrDefault("PATH", ""), FOR_ROOT);
  }

  /** Which process it is; empty if it has ended. */
  public Optional<ProcessId> id() {
    return ProcessId.of(process.pid());
  }

  /**
   * Tells it this and no more, and waits for its end.
   *
   * @param input at most 64 KiB, which a pipe takes even if nobody reads
   * @throws IOException if it does not end in time; it is killed then
   */
  public Output finish(String input, Duration limit) throws IOException, InterruptedException {
    tell(input);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    boolean ended =
        Poll.until(
            limit,
            LOOK,
            () -> {
              boolean over = !process.isAlive();
              drain(process.getInputStream(), out);
              drain(process.getErrorStream(), errors);
              return over;
            });
    if (!ended) {
      throw new IOException(
          "\"" + String.join(" ", words) + "\" does not end within " + limit.toMillis() + " ms");
    }
    return new Output(
        process.exitValue(),
        out.toString(StandardCharsets.UTF_8),
        errors.toString(StandardCharsets.UTF_8));
  }

  private void tell(String input) throws IOException {
    try (OutputStream asking = process.getOutputStream()) {
      asking.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException deaf) {
      // It has ended without reading; its exit code says why. One that lives and is deaf is not
      // known to exist.
      if (process.isAlive()) {
        throw deaf;
      }
    }
  }

  /** Only what is there: a read would wait for a program that somebody has frozen. */
  private static void drain(InputStream from, OutputStream to) throws IOException {
    for (int there = from.available(); there > 0; there = from.available()) {
      to.write(from.readNBytes(there));
    }
  }

  /** Kills it, if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
