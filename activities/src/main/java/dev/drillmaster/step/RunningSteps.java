package dev.drillmaster.step;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Which thread of this process does a step of which run, so that a rollback can end it. */
final class RunningSteps {

  private final Map<UUID, Thread> threads = new HashMap<>();

  /** The calling thread does a step until this is closed. */
  interface Entry extends AutoCloseable {
    @Override
    void close();
  }

  synchronized Entry enter(UUID runId) {
    threads.put(runId, Thread.currentThread());
    return () -> leave(runId);
  }

  private synchronized void leave(UUID runId) {
    threads.remove(runId);
    // One that came too late must not reach whatever this thread of a pool does next.
    boolean unused = Thread.interrupted();
  }

  synchronized void interrupt(UUID runId) {
    Thread thread = threads.get(runId);
    if (thread != null) {
      thread.interrupt();
    }
  }
}
