package dev.drillmaster.fault;

/** How a fault ends at the target when everything of ours is dead. */
public enum Expiry {
  /**
   * The target's own clock ends it: a timed kernel object, a session with a server-side timeout.
   */
  SELF_EXPIRING(
      "by the target's clock",
      "The target itself ends the fault at its deadline, which each renewal moves. Killing or"
          + " freezing everything of ours changes nothing about that; if the target dies or its"
          + " host reboots, the fault is gone with it."),
  /** A small process of its own session, armed before injection, heals when renewals stop. */
  WATCHDOG(
      "by a watchdog",
      "A small process in a session of its own reads a pipe from whoever holds the fault. When no"
          + " renewal comes for one lease (the holder is frozen), or the pipe ends (it was killed),"
          + " it heals from the host's journal. After a reboot, which also ends the watchdog, the"
          + " next start of Drillmaster on that host heals from the same journal.");

  private final String text;
  private final String survives;

  Expiry(String text, String survives) {
    this.text = text;
    this.survives = survives;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** What it survives, for people. */
  public String survives() {
    return survives;
  }
}
