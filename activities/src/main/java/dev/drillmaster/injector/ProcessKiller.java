package dev.drillmaster.injector;

import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Ends processes by SIGKILL. The Java process API sends it, not a kill program: that would cost a
 * fork, and the API compares the start time once more.
 */
final class ProcessKiller {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration EVERY = Duration.ofMillis(5);
  private static final int STABLE_LOOKS = 5;

  private ProcessKiller() {}

  /** Looks for the processes to kill. */
  interface Search {
    Collection<ProcessId> find() throws IOException;
  }

  /** Does not wait. */
  static void kill(Collection<ProcessId> processes) {
    for (ProcessId process : processes) {
      ProcessHandle.of(process.pid())
          .filter(handle -> process.isRunning())
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /**
   * Kills again and again until several looks in a row find none: a process that forks while it is
   * being killed leaves a child that the same look did not see.
   *
   * @throws IOException if some still run after 5 seconds: something starts them anew
   */
  static void killAll(Search search) throws IOException, InterruptedException {
    int[] emptyLooks = {0};
    boolean gone =
        Poll.until(
            LIMIT,
            EVERY,
            () -> {
              Collection<ProcessId> found = search.find();
              kill(found);
              emptyLooks[0] = found.isEmpty() ? emptyLooks[0] + 1 : 0;
              return emptyLooks[0] >= STABLE_LOOKS;
            });
    if (!gone) {
      throw new IOException(
          "processes still run after SIGKILL for "
              + LIMIT.toSeconds()
              + " s: "
              + List.copyOf(search.find())
              + "; does a supervisor start them anew?");
    }
  }
}
