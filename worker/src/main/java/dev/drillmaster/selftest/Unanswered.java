package dev.drillmaster.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a load was really quiet, told from the bare lines of its journal without the instrument:
 * an outage that it reports must be neither invented nor excused.
 */
final class Unanswered {

  private Unanswered() {}

  /** How many attempts were not acknowledged. */
  static long in(Path journal) throws IOException {
    List<String> lines = Files.readAllLines(journal);
    long attempts = lines.stream().filter(line -> line.startsWith("A\t")).count();
    long acknowledged =
        lines.stream().filter(line -> line.matches("O\t[0-9]+\t[0-9]+\tOK\t.*")).count();
    return attempts - acknowledged;
  }

  static IOException tooBusy(int times) {
    return new IOException(
        "the lab left requests unanswered in "
            + times
            + " runs without a fault, so that nothing can be said about the instrument: try again"
            + " when the machine is less busy");
  }
}
