package dev.drillmaster.database;

import dev.drillmaster.home.Home;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A home of its own for tests; its database is stopped and all is removed at the end. */
public final class LedgerHome implements AutoCloseable {

  private final Path directory;
  private final Home home;

  private LedgerHome(Path directory, String name) {
    this.directory = directory;
    this.home = new Home(directory.resolve(name));
  }

  /** A home that does not exist yet. */
  public static LedgerHome absent() throws IOException {
    return new LedgerHome(Files.createTempDirectory("ledger-home"), "home");
  }

  /** A home with nothing but the programs, because unpacking them takes seconds. */
  public static LedgerHome withPrograms(String name) throws IOException {
    LedgerHome fresh = new LedgerHome(Files.createTempDirectory("ledger-home"), name);
    Path shared = Path.of("target", "postgres-tests", "programs").toAbsolutePath();
    Files.createDirectories(shared);
    Files.createDirectory(
        fresh.home.root(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createSymbolicLink(fresh.home.binaries(), shared);
    return fresh;
  }

  public Home home() {
    return home;
  }

  /** Where the home is, with room for what a test keeps beside it. */
  Path directory() {
    return directory;
  }

  public LedgerDatabase database() {
    return LedgerDatabase.of(home);
  }

  /** All processes of the server that run now. */
  public List<ProcessId> processes() {
    return new ProcessTree(home.ledger().resolve("data")).members();
  }

  /** The first process of the server. */
  public long postmaster() throws IOException {
    Path pidFile = home.ledger().resolve("data").resolve("postmaster.pid");
    return Long.parseLong(Files.readAllLines(pidFile).get(0));
  }

  @Override
  public void close() throws IOException {
    try {
      database().stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping " + home, interrupted);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
