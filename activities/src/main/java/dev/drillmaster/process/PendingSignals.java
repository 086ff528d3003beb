package dev.drillmaster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Signals that were sent to a process and that it has not taken yet.
 *
 * @param mask bit N - 1 for signal N, see {@code ShdPnd} in proc(5)
 */
record PendingSignals(long mask) {

  private static final int SIGSTOP = 19;
  private static final String FIELD = "ShdPnd:";

  /** None if the process is gone. */
  static PendingSignals of(long pid) {
    List<String> status;
    try {
      status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
    } catch (IOException gone) {
      return new PendingSignals(0);
    }
    return status.stream()
        .filter(line -> line.startsWith(FIELD))
        .findFirst()
        .map(line -> Long.parseUnsignedLong(line.substring(FIELD.length()).strip(), 16))
        .map(PendingSignals::new)
        .orElse(new PendingSignals(0));
  }

  boolean stop() {
    return (mask & (1L << (SIGSTOP - 1))) != 0;
  }
}
