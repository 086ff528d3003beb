package dev.drillmaster.target;

import dev.drillmaster.process.ProcessTree;
import java.io.IOException;
import java.time.Duration;

/** A service on this host that can be acted on. */
public interface ServiceTarget extends Target {

  /**
   * The target as a service.
   *
   * @throws IllegalArgumentException if it is none, saying what it is
   */
  static ServiceTarget require(Target target) {
    if (target instanceof ServiceTarget service) {
      return service;
    }
    throw new IllegalArgumentException(
        "target " + target.name() + " has no processes: it is " + target.description());
  }

  /** Its processes. */
  ProcessTree tree();

  /**
   * Starts it as whatever its directory says (a database: primary or standby), without waiting
   * until it serves. Called only when no process of it runs; may be called again if none runs after
   * all, because the remains of the old ones (zombies) can keep a server from starting for a while.
   */
  void start() throws IOException;

  /**
   * Whether it serves, by asking it.
   *
   * @param limit how long to wait for that; with zero it is asked once, which must not take longer
   *     than about a second
   */
  boolean awaitServing(Duration limit) throws IOException, InterruptedException;

  /**
   * Whether it accepts writes, by asking it; within about a second. Never asked while a process of
   * it is frozen.
   */
  Writable writable() throws InterruptedException;
}
