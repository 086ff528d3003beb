package dev.drillmaster.injector;

import java.io.IOException;

/**
 * A mechanism whose target ends the fault by itself, so that it needs no watchdog.
 *
 * @param <U> the undo record
 */
interface SelfExpiring<U> {

  /**
   * Makes the target end the fault, which is not in force yet, when the lease runs out. If this
   * fails, or the fault never comes, nothing of it stays for longer than the lease.
   */
  Lease arm(U undo) throws IOException, InterruptedException;
}
