package dev.drillmaster.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the faults that use a host's resources up have in common. */
final class Stress {

  private static final int MOST_WORKERS = 1024;

  /** 16 TiB. */
  private static final int MOST_MEGABYTES = 1 << 24;

  /**
   * A watchdog, although stress-ng can end by itself after a time: that time cannot be moved, so
   * that the fault could outlive everything of ours for as long as it may be held, minutes instead
   * of a lease. It is given all the same, for the day on which the watchdog is killed as well. Heal
   * time: a killed process lives until its memory is freed.
   */
  static final Ending ENDING =
      new Ending(
          Expiry.WATCHDOG,
          Duration.ofSeconds(5),
          "the host runs no process of this injection any more");

  private Stress() {}

  static List<String> problemsOfWorkers(int workers) {
    return workers < 1 || workers > MOST_WORKERS
        ? List.of("workers must be 1 to " + MOST_WORKERS)
        : List.of();
  }

  static List<String> problemsOfSize(int megabytes) {
    return megabytes < 1 || megabytes > MOST_MEGABYTES
        ? List.of("megabytes must be 1 to " + MOST_MEGABYTES)
        : List.of();
  }

  static List<String> problems(int workers, int megabytes) {
    List<String> problems = new ArrayList<>(problemsOfWorkers(workers));
    problems.addAll(problemsOfSize(megabytes));
    return problems;
  }

  /** For people. */
  static String workers(int count) {
    return count == 1 ? "one process" : count + " processes";
  }
}
