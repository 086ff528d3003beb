package dev.drillmaster.schema.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files that are derived from the migrated database: compared, or rewritten with -Pjooq. */
final class Golden {

  static final String HOW =
      "the migrations changed: run ./mvnw -pl schema -Pjooq test, and commit what it writes";

  private Golden() {}

  static boolean rewrites() {
    return Boolean.getBoolean("drillmaster.rewrite");
  }

  static void verify(Path file, String expected) throws IOException {
    if (rewrites()) {
      Files.writeString(file, expected);
    }
    assertThat(file).as(HOW).hasContent(expected);
  }

  /** The files below a directory by their path in it. */
  static SortedMap<String, String> files(Path directory) throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        found.put(directory.relativize(path).toString(), Files.readString(path));
      }
    }
    return found;
  }
}
