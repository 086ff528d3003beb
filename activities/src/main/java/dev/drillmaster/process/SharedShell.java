package dev.drillmaster.process;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends one kind of signal for all threads of this process. What is wanted while the shell is busy
 * goes together with the next: a host that heals fifty frozen services at once asks few times.
 */
final class SharedShell {

  private static final Map<Signal, SharedShell> OF = new ConcurrentHashMap<>();

  private final Signal signal;
  private final Object turn = new Object();

  /** What waits for its turn; guarded by this. */
  private Batch next = new Batch();

  /** Guarded by the turn. */
  private @Nullable SignalShell shell;

  private SharedShell(Signal signal) {
    this.signal = signal;
  }

  static SharedShell of(Signal signal) {
    return OF.computeIfAbsent(signal, SharedShell::new);
  }

  /** What is sent together; guarded by the turn once it is not the next one any more. */
  private static final class Batch {
    final Set<ProcessId> processes = new LinkedHashSet<>();
    boolean over;
    String failure = "";
  }

  /** Returns when it was sent; cannot be interrupted, since others may wait for the same answer. */
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
      List<ProcessId> running = batch.processes.stream().filter(ProcessId::isRunning).toList();
      if (!running.isEmpty()) {
        sendOrStartAnew(running);
      }
    } catch (IOException | RuntimeException failed) {
      // Whatever it is: all who wait for this shell must learn that nothing was sent.
      batch.failure = "cannot send SIG" + signal + ": " + failed.getMessage();
    } finally {
      batch.over = true;
    }
  }

  /** Whoever kills or stops things may have hit our shell. */
  private void sendOrStartAnew(List<ProcessId> running) throws IOException {
    @Nullable SignalShell kept = shell;
    if (kept != null) {
      try {
        kept.send(running);
        return;
      } catch (IOException lost) {
        kept.close();
      }
    }
    SignalShell fresh = SignalShell.start(signal);
    shell = fresh;
    fresh.send(running);
  }
}
