package dev.drillmaster.injector;

import java.nio.file.Path;

/**
 * Where the file is, or was about to be made.
 *
 * @param directory see {@link OwnDirectory}
 * @param device the number of the file system that it is on
 * @param bytes how large the file is; zero while it still grows
 * @param deleted whether healing has deleted it: else nobody can tell a file that is not there from
 *     one on a disk that is not there
 */
record DiskFillUndo(Path directory, long device, long bytes, boolean deleted) {

  private static final String FILE = "fill";

  Path file() {
    return directory.resolve(FILE);
  }

  DiskFillUndo filled(long size) {
    return new DiskFillUndo(directory, device, size, deleted);
  }

  DiskFillUndo gone() {
    return new DiskFillUndo(directory, device, bytes, true);
  }
}
