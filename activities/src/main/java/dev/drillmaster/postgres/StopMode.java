package dev.drillmaster.postgres;

import dev.drillmaster.process.Signal;

/** How a server is asked to stop. */
public enum StopMode {
  /** Ends sessions, writes a checkpoint, sends the log up to it to the standbys. */
  FAST(Signal.INT),
  /** Ends at once; the next start recovers from the log. */
  IMMEDIATE(Signal.QUIT);

  private final Signal signal;

  StopMode(Signal signal) {
    this.signal = signal;
  }

  Signal signal() {
    return signal;
  }
}
