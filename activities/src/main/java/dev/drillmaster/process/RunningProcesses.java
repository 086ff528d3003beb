package dev.drillmaster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks through all processes of this host. */
public final class RunningProcesses {

  private RunningProcesses() {}

  /**
   * Those that are wanted and run now (frozen ones too), in no particular order.
   *
   * @param wanted is asked with the folder of each below {@code /proc}
   */
  public static List<ProcessId> where(Predicate<Path> wanted) {
    List<ProcessId> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (wanted.test(process)) {
          ProcessId.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (DirectoryIteratorException | IOException unreadable) {
      throw new UncheckedIOException(
          "cannot list /proc",
          unreadable instanceof IOException io ? io : new IOException(unreadable));
    }
    return found;
  }

  /**
   * Where a link of a process leads, such as {@code cwd} or {@code exe}. Empty if it is gone, or we
   * may not look at it.
   *
   * @param process its folder below {@code /proc}
   */
  public static Optional<Path> link(Path process, String name) {
    try {
      return Optional.of(Files.readSymbolicLink(process.resolve(name)));
    } catch (IOException goneOrForbidden) {
      return Optional.empty();
    }
  }
}
