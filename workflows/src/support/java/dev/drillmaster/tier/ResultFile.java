package dev.drillmaster.tier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The results of one module, in its target directory. The first line names the build, so that
 * results of an earlier build are never counted again.
 */
record ResultFile(Path file, String build) {

  static final String NAME = "tiers.tsv";

  void append(ClassResult result) throws IOException {
    if (results().isEmpty()) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, build + "\n");
    }
    Files.writeString(file, result.line() + "\n", StandardOpenOption.APPEND);
  }

  /** Those of this build. */
  List<ClassResult> results() throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    if (lines.isEmpty() || !lines.get(0).equals(build)) {
      return List.of();
    }
    return lines.stream().skip(1).map(ClassResult::parse).toList();
  }

  /** Those of this build, of all modules below a directory. */
  static List<ClassResult> resultsBelow(Path root, String build) throws IOException {
    List<ClassResult> all = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.sorted().toList()) {
        all.addAll(new ResultFile(module.resolve("target").resolve(NAME), build).results());
      }
    }
    return all;
  }
}
