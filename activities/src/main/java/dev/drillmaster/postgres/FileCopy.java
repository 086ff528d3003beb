package dev.drillmaster.postgres;

import dev.drillmaster.postgres.PostgresFailure.Kind;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Copies the files of a data directory whose server is running in backup mode. */
final class FileCopy {

  /** Without this file PostgreSQL takes no directory for a data directory. */
  static final String VERSION = "PG_VERSION";

  /** Kept, but empty: rebuilt at start, or not for a copy (as pg_basebackup does). */
  private static final Set<String> EMPTIED =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Set<String> LEFT_OUT =
      Set.of(
          VERSION,
          ControlFile.FILE,
          RecoveryFiles.STANDBY_SIGNAL,
          "recovery.signal",
          "postmaster.pid",
          "postmaster.opts",
          "backup_label",
          "backup_label.old",
          "tablespace_map",
          "tablespace_map.old",
          "backup_manifest",
          "current_logfiles",
          "log",
          "pg_log");

  private static final Pattern TEMPORARY =
      Pattern.compile("pgsql_tmp.*|pg_internal\\.init.*|.*\\.new|.*\\.tmp");

  private static final Duration CONTROL_FILE = Duration.ofSeconds(5);

  private final Path source;
  private final Path target;
  private int files;
  private int vanished;
  private long bytes;

  FileCopy(Path source, Path target) {
    this.source = source;
    this.target = target;
  }

  int files() {
    return files;
  }

  int vanished() {
    return vanished;
  }

  long bytes() {
    return bytes;
  }

  /** Everything but the log and what marks a complete data directory. */
  void copyData() throws IOException, InterruptedException {
    Files.walkFileTree(source, new Visitor());
    copyControlFile();
    if (Thread.interrupted()) {
      throw new InterruptedException("the copy was interrupted; its target is no data directory");
    }
  }

  /** The log between two positions, and the history of timelines. */
  void copyLog(long timeline, long segmentBytes, Lsn from, Lsn to) throws IOException {
    long segmentsPerId = (1L << 32) / segmentBytes;
    long last = Long.divideUnsigned(to.bytes() - 1, segmentBytes);
    for (long segment = Long.divideUnsigned(from.bytes(), segmentBytes);
        segment <= last;
        segment++) {
      String name =
          "%08X%08X%08X".formatted(timeline, segment / segmentsPerId, segment % segmentsPerId);
      copy(Path.of("pg_wal", name));
    }
    try (DirectoryStream<Path> histories =
        Files.newDirectoryStream(source.resolve("pg_wal"), "*.history")) {
      for (Path history : histories) {
        copy(source.relativize(history));
      }
    }
  }

  /** The server may be writing this file; its checksum says whether our reading was whole. */
  private void copyControlFile() throws IOException, InterruptedException {
    Path file = Path.of(ControlFile.FILE);
    boolean whole =
        Poll.until(
            CONTROL_FILE,
            () -> {
              Files.deleteIfExists(target.resolve(file));
              copy(file);
              return ControlFile.isWhole(target);
            });
    if (!whole) {
      throw new PostgresFailure(
          Kind.WRONG_STATE, source.resolve(file) + " is damaged or of an unknown version");
    }
  }

  private void copy(Path relative) throws IOException {
    Path copied = target.resolve(relative);
    Files.copy(source.resolve(relative), copied);
    files++;
    bytes += Files.size(copied);
  }

  private final class Visitor extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      Path relative = source.relativize(directory);
      if (isLeftOut(relative)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Path copied = target.resolve(relative);
      if (!Files.exists(copied)) {
        Files.createDirectory(copied);
        Files.setPosixFilePermissions(copied, Files.getPosixFilePermissions(directory));
      }
      return EMPTIED.contains(relative.toString())
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Path relative = source.relativize(file);
      if (attributes.isSymbolicLink() && relative.startsWith("pg_tblspc")) {
        throw new PostgresFailure(
            Kind.WRONG_STATE,
            file
                + " is a tablespace: a copy on the same host would share its files; move its tables to pg_default");
      }
      if (attributes.isRegularFile() && !isLeftOut(relative)) {
        try {
          copy(relative);
        } catch (NoSuchFileException removedByTheServer) {
          vanished++;
        }
      }
      return Thread.currentThread().isInterrupted()
          ? FileVisitResult.TERMINATE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      return toleratingVanished(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      return failure == null ? FileVisitResult.CONTINUE : toleratingVanished(failure);
    }

    private FileVisitResult toleratingVanished(IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        vanished++;
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    private boolean isLeftOut(Path relative) {
      return LEFT_OUT.contains(relative.toString())
          || TEMPORARY.matcher(relative.getFileName().toString()).matches();
    }
  }
}
