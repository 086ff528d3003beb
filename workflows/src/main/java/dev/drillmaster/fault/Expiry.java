package dev.drillmaster.fault;

/** How a fault ends at the target when everything of ours is dead. */
public enum Expiry {
  /**
   * The target's own clock ends it: a timed kernel object, a session with a server-side timeout.
   */
  SELF_EXPIRING,
  /** A small process of its own session, armed before injection, heals when renewals stop. */
  WATCHDOG
}
