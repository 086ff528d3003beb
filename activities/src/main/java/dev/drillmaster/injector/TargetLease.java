package dev.drillmaster.injector;

import java.time.Duration;

/** A lease that the target keeps by its own clock. */
abstract class TargetLease implements Lease {

  private final Duration length;
  private final long armed = System.nanoTime();
  private volatile long renewed = armed;

  TargetLease(Duration length) {
    this.length = length;
  }

  /** Moves the target's deadline; false if it has come already or nobody knows. */
  abstract boolean extend();

  @Override
  public final boolean renew() {
    long asked = System.nanoTime();
    boolean alive = extend();
    if (alive) {
      renewed = asked;
    }
    return alive;
  }

  @Override
  public final Duration age() {
    return Duration.ofNanos(System.nanoTime() - armed);
  }

  @Override
  public final Duration sinceRenewal() {
    return Duration.ofNanos(System.nanoTime() - renewed);
  }

  @Override
  public final Duration left() {
    Duration left = length.minus(sinceRenewal());
    return left.isNegative() ? Duration.ZERO : left;
  }
}
