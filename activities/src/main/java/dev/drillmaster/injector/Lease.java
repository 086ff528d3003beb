package dev.drillmaster.injector;

import java.time.Duration;

/** How long a fault may still live, kept by something that outlives this process. */
public interface Lease extends AutoCloseable {

  /**
   * Extends a lease that is still alive by its full length.
   *
   * @return false if it has run out or nothing keeps it any more; it stays so for ever
   */
  boolean renew();

  /** Time since it was armed. */
  Duration age();

  /** Time since it was renewed, or armed. */
  Duration sinceRenewal();

  /** How long it lives from now on without renewal; zero if it has run out. */
  Duration left();

  /** Gives it up: what keeps it heals now, unless the injection is already healed. */
  @Override
  void close();
}
