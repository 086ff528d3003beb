package dev.drillmaster.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks for room before a large write, since a full disk in its middle says far less. */
final class DiskSpace {

  private DiskSpace() {}

  /**
   * Refuses if the file system has less room.
   *
   * @param directory one that exists on the file system in question
   * @param purpose what the room is for, as in "no room for …"
   */
  static void require(Path directory, long bytes, String purpose) throws IOException {
    long usable = Files.getFileStore(directory).getUsableSpace();
    if (usable < bytes) {
      throw new PostgresFailure(
          PostgresFailure.Kind.NO_SPACE,
          "no room for %s: %s needs %d MB and has %d MB; free some or use another directory"
              .formatted(purpose, directory, bytes >> 20, usable >> 20));
    }
  }
}
