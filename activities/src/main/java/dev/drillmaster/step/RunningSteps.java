package dev.drillmaster.step;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Which threads of this process do steps of which run, so that a rollback can end them. */
final class RunningSteps {

  private final Map<Thread, UUID> threads = new HashMap<>();

  /** The calling thread does a step until this is closed. */
  interface Entry extends AutoCloseable {
    @Override
    void close();
  }

  synchronized Entry enter(UUID runId) {
    threads.put(Thread.currentThread(), runId);
    return this::leave;
  }

  private synchronized void leave() {
    threads.remove(Thread.currentThread());
    // One that came too late must not reach whatever this thread of a pool does next.
    boolean unused = Thread.interrupted();
  }

  synchronized void interrupt(UUID runId) {
    threads.forEach(
        (thread, run) -> {
          if (run.equals(runId)) {
            thread.interrupt();
          }
        });
  }
}
