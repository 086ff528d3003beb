package dev.drillmaster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files below {@code /proc} whose lines are a name and a number, see proc(5). */
public final class ProcFile {

  private ProcFile() {}

  /**
   * The number of a line; zero if there is no such line.
   *
   * @param name with its colon
   */
  public static long number(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> line.substring(name.length()).replace("kB", "").strip())
        .map(Long::parseLong)
        .orElse(0L);
  }
}
