package dev.drillmaster.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Sends one kind of signal for all threads of this process. What is wanted while a shell is busy
 * goes with the next one: a host that heals fifty frozen services at once would start fifty shells.
 */
final class SharedShell {

  private static final int LIMIT_SECONDS = 10;

  private static final Map<Signal, SharedShell> OF = new ConcurrentHashMap<>();

  private final Signal signal;
  private final Object turn = new Object();

  /** What waits for the next shell; guarded by this. */
  private Batch next = new Batch();

  private SharedShell(Signal signal) {
    this.signal = signal;
  }

  static SharedShell of(Signal signal) {
    return OF.computeIfAbsent(signal, SharedShell::new);
  }

  /** What one shell sends; guarded by the turn once it is not the next one any more. */
  private static final class Batch {
    final Set<ProcessId> processes = new LinkedHashSet<>();
    boolean over;
    String failure = "";
  }

  /** Returns when it was sent; cannot be interrupted, since others may wait for the same shell. */
  void send(Iterable<ProcessId> processes) throws IOException {
    Batch mine;
    synchronized (this) {
      mine = next;
      processes.forEach(mine.processes::add);
    }
    synchronized (turn) {
      if (!mine.over) {
        synchronized (this) {
          next = new Batch();
        }
        run(mine);
      }
    }
    if (!mine.failure.isEmpty()) {
      throw new IOException(mine.failure);
    }
  }

  private void run(Batch batch) {
    try {
      List<String> command =
          new ArrayList<>(List.of("sh", "-c", "for p; do kill -" + signal + " \"$p\"; done", "sh"));
      batch.processes.stream()
          .filter(ProcessId::isRunning)
          .forEach(process -> command.add(Long.toString(process.pid())));
      if (command.size() > 4) {
        start(command);
      }
    } catch (IOException | RuntimeException failed) {
      // Whatever it is: all who wait for this shell must learn that nothing was sent.
      batch.failure = "cannot send SIG" + signal + ": " + failed.getMessage();
    } finally {
      batch.over = true;
    }
  }

  private static void start(List<String> command) throws IOException {
    Process shell =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!ended(shell)) {
      shell.destroyForcibly();
      throw new IOException("the shell does not end within " + LIMIT_SECONDS + " s");
    }
  }

  /** An interrupt is handed on afterwards. */
  private static boolean ended(Process shell) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return shell.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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
}
