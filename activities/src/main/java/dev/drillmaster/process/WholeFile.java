package dev.drillmaster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * Files that a reader sees old or new, never in part. Not durable: for what is written anew at each
 * start.
 */
public final class WholeFile {

  private WholeFile() {}

  /** Puts a file in the place of what is there, if anything; its directory is made. */
  public static void write(Path file, byte[] content) throws IOException {
    Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Files.createDirectories(directory);
    Path fresh = directory.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid());
    Files.write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
