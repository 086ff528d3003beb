package dev.drillmaster.injection;

/** The names of the task queues of a host. Stable: schedules and other workers use them. */
public final class HostQueues {

  private HostQueues() {}

  /** Where a host prepares, injects, holds and does steps. */
  public static String acting(String host) {
    return "host-" + host;
  }

  /** Where a host heals and compensates; never behind those who hold. */
  public static String healing(String host) {
    return "heal-" + host;
  }
}
