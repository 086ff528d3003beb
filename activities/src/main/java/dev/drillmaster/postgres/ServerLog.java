package dev.drillmaster.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The file that a server's messages are appended to, over all of its starts. */
record ServerLog(Path file) {

  private static final long LARGEST_BYTES = 16L << 20;
  private static final String START = "=== start ";

  /** Marks the place where the messages of a new start begin; an overlong log is put aside. */
  void begin() throws IOException {
    if (Files.exists(file) && Files.size(file) > LARGEST_BYTES) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".old"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(
        file,
        START + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** The last messages since the last start. */
  List<String> tail(int lines) throws IOException {
    List<String> all;
    try {
      // Not readAllLines: a message may hold bytes that are not UTF-8.
      all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException absent) {
      return List.of();
    }
    int first = all.size();
    while (first > 0 && all.size() - first < lines && !all.get(first - 1).startsWith(START)) {
      first--;
    }
    return all.subList(first, all.size());
  }
}
