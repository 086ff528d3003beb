package dev.drillmaster.control;

import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a process of ours listens on 127.0.0.1, and which process that is.
 *
 * @param port its TCP port
 * @param process the process that wrote the address; the port of a dead one may belong to another
 */
public record ControlAddress(int port, ProcessId process) {

  /** Publishes the address of this Java process, once it listens. */
  public static ControlAddress publish(Path file, int port) throws IOException {
    ControlAddress address = new ControlAddress(port, ProcessId.self());
    PrivateFile.write(file, port + " " + address.process() + "\n");
    return address;
  }

  /**
   * Reads an address file.
   *
   * @throws IOException if the file is absent or is not an address
   */
  public static ControlAddress read(Path file) throws IOException {
    String[] fields = Files.readString(file).strip().split(" ", -1);
    try {
      return new ControlAddress(Integer.parseInt(fields[0]), ProcessId.parse(fields[1]));
    } catch (RuntimeException malformed) {
      throw new IOException(file + " is not an address file; stop the process and start it anew");
    }
  }

  /**
   * Waits until the process that was just started has published its address.
   *
   * @throws IOException if it ends before, or does not publish in time; the message names its log
   */
  public static ControlAddress await(Path file, Process started, Path log, Duration atMost)
      throws IOException, InterruptedException {
    List<ControlAddress> published = new ArrayList<>();
    boolean decided =
        Poll.until(
            atMost,
            () -> {
              boolean alive = started.isAlive();
              find(file, started.pid()).ifPresent(published::add);
              return !published.isEmpty() || !alive;
            });
    if (!published.isEmpty()) {
      return published.get(0);
    }
    if (decided) {
      throw new IOException(
          "the process ended with exit code "
              + started.exitValue()
              + " before it was ready; see "
              + log);
    }
    throw new IOException(
        "process " + started.pid() + " was not ready within " + atMost + "; see " + log);
  }

  private static Optional<ControlAddress> find(Path file, long pid) throws IOException {
    try {
      return Optional.of(read(file)).filter(address -> address.process().pid() == pid);
    } catch (NoSuchFileException notYet) {
      return Optional.empty();
    }
  }
}
