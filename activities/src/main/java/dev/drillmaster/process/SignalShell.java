package dev.drillmaster.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A shell that sends one kind of signal to whatever it is told. It stays until this process ends:
 * starting one takes a tenth of a second or two on a busy machine, and memory that may be short,
 * just when something must be healed.
 */
final class SignalShell implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Ctrl-C at our terminal reaches it too; what it is for begins just then. */
  private static final String SCRIPT =
      "trap '' INT QUIT; while read -r pids; do for p in $pids; do kill -%s \"$p\"; done; echo; done";

  private final Process shell;
  private final ProcessId id;
  private final OutputStream asking;
  private final InputStream answers;

  private SignalShell(Process shell, ProcessId id) {
    this.shell = shell;
    this.id = id;
    this.asking = shell.getOutputStream();
    this.answers = shell.getInputStream();
  }

  static SignalShell start(Signal signal) throws IOException {
    Process shell =
        new ProcessBuilder("sh", "-c", SCRIPT.formatted(signal))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessId id =
        ProcessId.of(shell.pid()).orElseThrow(() -> new IOException("the shell ended at once"));
    return new SignalShell(shell, id);
  }

  /**
   * Returns when it was sent.
   *
   * @throws IOException if the shell ended, was stopped or does not answer: some may have got it
   */
  void send(List<ProcessId> processes) throws IOException {
    if (id.isFrozen()) {
      throw new IOException("the shell was stopped by somebody");
    }
    String pids =
        processes.stream()
            .map(process -> Long.toString(process.pid()))
            .collect(Collectors.joining(" ", "", "\n"));
    asking.write(pids.getBytes(StandardCharsets.US_ASCII));
    asking.flush();
    awaitAnswer();
    if (answers.read() < 0) {
      throw new IOException("the shell ended");
    }
  }

  /**
   * Not a read, which a stopped shell would keep for ever. An interrupt is handed on afterwards.
   */
  private void awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    boolean interrupted = false;
    try {
      while (answers.available() == 0 && shell.isAlive()) {
        if (System.nanoTime() >= deadline) {
          throw new IOException("the shell does not answer within " + LIMIT.toSeconds() + " s");
        }
        try {
          Thread.sleep(1);
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    shell.destroyForcibly();
  }
}
