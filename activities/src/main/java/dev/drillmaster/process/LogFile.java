package dev.drillmaster.process;

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

/** The file that the messages of a process are appended to, over all of its starts. */
public record LogFile(Path file) {

  private static final long LARGEST_BYTES = 16L << 20;
  private static final String START = "=== start ";

  /** Marks the place where the messages of a new start begin; an overlong log is put aside. */
  public void begin() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    putAsideIfOverlong();
    Files.writeString(
        file,
        START + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** So that the log of years does not fill the disk: 16 MiB are kept, and as many of before. */
  public void putAsideIfOverlong() throws IOException {
    if (Files.exists(file) && Files.size(file) > LARGEST_BYTES) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".old"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The last messages since the last start. */
  public List<String> tail(int lines) throws IOException {
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
