package dev.drillmaster.drill;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Histories of runs as they went, one for each path through a drill. Workflow code of today must
 * replay them.
 */
final class GoldenHistories {

  private static final Path DIRECTORY = Path.of("src", "test", "resources", "histories");

  private GoldenHistories() {}

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  static void write(String name, WorkflowExecutionHistory history) throws IOException {
    Files.createDirectories(DIRECTORY);
    Files.writeString(DIRECTORY.resolve(name + ".json"), history.toJson(true) + "\n");
  }
}
