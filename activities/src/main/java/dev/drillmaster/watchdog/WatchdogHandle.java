package dev.drillmaster.watchdog;

import dev.drillmaster.injector.Lease;
import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Our end of the pipe to one armed watchdog. */
final class WatchdogHandle implements Lease {

  private final ProcessId watchdog;
  private final OutputStream pipe;
  private final Duration lease;
  private final long armed = System.nanoTime();
  private long renewed = armed;
  private boolean lost;

  WatchdogHandle(ProcessId watchdog, OutputStream pipe, Duration lease) {
    this.watchdog = watchdog;
    this.pipe = pipe;
    this.lease = lease;
  }

  /** A frozen watchdog counts as gone: it would not heal. */
  @Override
  public synchronized boolean renew() {
    long now = System.nanoTime();
    if (lost || now - renewed >= lease.toNanos()) {
      lost = true;
    } else if (!watchdog.isRunning() || watchdog.isFrozen() || !written()) {
      lost = true;
    } else {
      renewed = now;
    }
    return !lost;
  }

  private boolean written() {
    try {
      pipe.write(1);
      pipe.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - armed);
  }

  @Override
  public synchronized Duration sinceRenewal() {
    return Duration.ofNanos(System.nanoTime() - renewed);
  }

  @Override
  public Duration left() {
    Duration left = lease.minus(sinceRenewal());
    return left.isNegative() ? Duration.ZERO : left;
  }

  @Override
  public synchronized void close() {
    lost = true;
    try {
      pipe.close();
    } catch (IOException alreadyGone) {
      // The watchdog is gone, and with it what closing is for.
      return;
    }
  }
}
