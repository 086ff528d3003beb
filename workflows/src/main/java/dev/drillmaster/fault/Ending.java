package dev.drillmaster.fault;

import java.time.Duration;

/**
 * How the faults of a mechanism end.
 *
 * @param expiry how the target itself ends it when nobody renews it
 * @param healTime the longest that healing takes once it has begun, including what the target needs
 *     to serve again
 * @param healed what is seen at the target when the fault is gone, for people
 */
public record Ending(Expiry expiry, Duration healTime, String healed) {

  /** Of everything that is a rule of the drill proxy. */
  static final Ending PROXY_RULE =
      new Ending(
          Expiry.SELF_EXPIRING,
          Duration.ofSeconds(1),
          "the proxy has no such rule any more, or does not run");

  /** Of everything that is held by sessions of a PostgreSQL server. */
  static final Ending SESSIONS =
      new Ending(
          Expiry.SELF_EXPIRING,
          Duration.ofSeconds(2),
          "the server has no session of this injection any more, or does not run");

  /** Of everything that is a toxic of Toxiproxy. */
  static final Ending TOXICS =
      new Ending(
          Expiry.WATCHDOG,
          Duration.ofSeconds(5),
          "the proxy has no such toxic any more and lets everybody in, or does not run");

  /** Of everything that is a table of nftables with a timed set. */
  static final Ending TIMED_TABLE =
      new Ending(
          Expiry.SELF_EXPIRING,
          Duration.ofSeconds(2),
          "the kernel has no such table any more, or its time has run out");

  /** Of everything that is a queueing discipline of a network device. */
  static final Ending QUEUE =
      new Ending(
          Expiry.WATCHDOG,
          Duration.ofSeconds(5),
          "the device has no such queueing discipline any more, or is gone");
}
