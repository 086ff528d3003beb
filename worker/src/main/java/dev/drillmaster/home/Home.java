package dev.drillmaster.home;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds all state of Drillmaster on this machine: {@code --home}, else {@code
 * DRILLMASTER_HOME}, else {@code drillmaster} under the XDG state directory.
 *
 * @param root the directory, absolute
 */
public record Home(Path root) {

  private static final long ROOM_NEEDED = 1L << 30;

  /** Finds the directory by the option and the environment. */
  public static Home find(@Nullable Path option, Map<String, String> environment) {
    if (option != null) {
      return new Home(option.toAbsolutePath().normalize());
    }
    String named = environment.get("DRILLMASTER_HOME");
    if (named != null && !named.isBlank()) {
      return new Home(Path.of(named).toAbsolutePath().normalize());
    }
    String state = environment.get("XDG_STATE_HOME");
    Path base =
        state == null || state.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return new Home(base.resolve("drillmaster").toAbsolutePath().normalize());
  }

  /**
   * Makes the directory, readable by its owner only.
   *
   * @throws IOException if it cannot be made or its disk has less than 1 GiB left
   */
  public void make() throws IOException {
    makeDirectory();
    FileStore disk = Files.getFileStore(root);
    if (disk.getUsableSpace() < ROOM_NEEDED) {
      throw new IOException(
          "only "
              + disk.getUsableSpace() / (1 << 20)
              + " MiB are left on the disk of "
              + root
              + "; 1024 MiB are needed: make room, or choose another place with --home");
    }
  }

  /**
   * Makes the directory, readable by its owner only, however full its disk is.
   *
   * @throws IOException if it cannot be made
   */
  public void makeDirectory() throws IOException {
    if (!Files.isDirectory(root)) {
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** The programs of PostgreSQL. */
  public Path binaries() {
    return root.resolve("postgresql");
  }

  /** The embedded database of the ledger. */
  public Path ledger() {
    return root.resolve("ledger");
  }

  /** The Temporal dev server: its database, ports and work. */
  public Path temporal() {
    return root.resolve("temporal");
  }

  /** The practice system. */
  public Path lab() {
    return root.resolve("lab");
  }

  /** The journal of the host that the lab runs on. */
  public Path journal() {
    return root.resolve("host").resolve("journal");
  }

  /** What the host of the lab knows as targets. */
  public Path targets() {
    return root.resolve("host").resolve("targets");
  }

  /** What the host of the lab knows as systems. */
  public Path systems() {
    return root.resolve("host").resolve("systems");
  }

  /** The reports of runs, as pages. */
  public Path reports() {
    return root.resolve("reports");
  }

  /** Where a running program says how to reach it. */
  public Path program() {
    return root.resolve("program.json");
  }

  /** The program's log. */
  public Path log() {
    return root.resolve("log").resolve("drillmaster.log");
  }
}
