package dev.drillmaster.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Files that are there after a power cut, whole and readable by their owner only. */
final class DurableFiles {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private DurableFiles() {}

  /**
   * Puts a file in the place of the one of that name, if any. A reader sees the old or the new one,
   * never a part. It belongs to the owner of its directory, because a server that runs under
   * another account than we must be able to read it.
   */
  static void write(Path file, String content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    writeFresh(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    sync(directoryOf(file));
  }

  /** Writes a file that must not exist; the directory entry is not yet durable. */
  static void writeFresh(Path file, String content) throws IOException {
    Files.createFile(file, OWNER_ONLY);
    giveTo(file, directoryOf(file));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Removes a file, if it is there, for good. */
  static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    sync(directoryOf(file));
  }

  /** Renames within one file system, for good. */
  static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(directoryOf(to));
  }

  /** Makes a directory's entries durable. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path directoryOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root has no directory");
  }

  /** Gives a file the owner and group of another. */
  static void giveTo(Path file, Path like) throws IOException {
    PosixFileAttributes wanted = Files.readAttributes(like, PosixFileAttributes.class);
    PosixFileAttributes actual = Files.readAttributes(file, PosixFileAttributes.class);
    if (!wanted.owner().equals(actual.owner())) {
      Files.setOwner(file, wanted.owner());
      Files.setAttribute(file, "posix:group", wanted.group());
    }
  }
}
