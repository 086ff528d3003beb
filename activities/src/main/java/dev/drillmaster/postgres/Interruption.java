package dev.drillmaster.postgres;

import java.io.IOException;

/** An interrupted wait as the I/O error that callers deal with. */
final class Interruption {

  private Interruption() {}

  static IOException of(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted while waiting", interrupted);
  }
}
