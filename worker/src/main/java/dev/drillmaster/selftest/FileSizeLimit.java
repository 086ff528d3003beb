package dev.drillmaster.selftest;

import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Limits how large a running process may let its files grow, by prlimit(1) of util-linux. */
final class FileSizeLimit {

  private FileSizeLimit() {}

  /** What this machine lacks for it, and how to get it; empty if nothing. */
  static Optional<String> missing() throws InterruptedException {
    try {
      run(List.of("--version"));
      return Optional.empty();
    } catch (IOException none) {
      return Optional.of(
          "prlimit is not installed or does not run; it is part of util-linux (Debian: apt-get"
              + " install util-linux)");
    }
  }

  /**
   * Sets the limit.
   *
   * @throws IOException if the kernel refuses, saying why
   */
  static void set(ProcessId process, long bytes) throws IOException, InterruptedException {
    run(List.of("--pid", Long.toString(process.pid()), "--fsize=" + bytes));
  }

  private static void run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("prlimit"));
    command.addAll(arguments);
    Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (started.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }
}
