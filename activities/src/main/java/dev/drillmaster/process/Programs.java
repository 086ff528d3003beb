package dev.drillmaster.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this host that we start. */
public final class Programs {

  private Programs() {}

  /**
   * Where a program is; empty if it is in none of these folders.
   *
   * @param path as the variable PATH has it
   * @param more folders to look into afterwards
   */
  public static Optional<Path> find(String name, String path, List<Path> more) {
    return Stream.concat(
            Arrays.stream(path.split(":", -1)).filter(each -> !each.isEmpty()).map(Path::of),
            more.stream())
        .map(folder -> folder.resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
