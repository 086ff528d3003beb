package dev.drillmaster.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The version of the journal's format, in {@code journal.json}. */
final class FormatVersion {

  private static final int OURS = 1;

  private FormatVersion() {}

  /** Writes the version into a new journal. */
  static void write(Path directory) throws IOException {
    Path file = file(directory);
    if (!Files.exists(file)) {
      Files.createDirectories(directory);
      DurableFiles.write(file, ("{\"format\":" + OURS + "}\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Why this program may not add to the journal. */
  static Optional<String> refusal(Path directory) throws IOException {
    Path file = file(directory);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode format = read(file);
    if (!format.isInt()) {
      return Optional.of(
          "the journal's " + file + " names no format version: put a copy of the file back");
    }
    return format.asInt() <= OURS
        ? Optional.empty()
        : Optional.of(
            "the journal "
                + directory
                + " has format version "
                + format.asInt()
                + ", this program knows "
                + OURS
                + ": use the newer program");
  }

  /** The journal's version, ours if it is new; 0 if it cannot be read. */
  static int of(Path directory) {
    Path file = file(directory);
    try {
      return Files.exists(file) ? read(file).asInt() : OURS;
    } catch (IOException unreadable) {
      return 0;
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return Wire.json().readTree(Files.readAllBytes(file)).path("format");
  }

  private static Path file(Path directory) {
    return directory.resolve("journal.json");
  }
}
