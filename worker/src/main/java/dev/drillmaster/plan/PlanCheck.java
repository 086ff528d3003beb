package dev.drillmaster.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks any number of plans, with the same values for the variables that have the same name. */
public final class PlanCheck {

  private final Map<String, String> set;
  private final Set<String> unused;

  /**
   * With these values.
   *
   * @param set values of variables, by name
   */
  public PlanCheck(Map<String, String> set) {
    this.set = Map.copyOf(set);
    this.unused = new TreeSet<>(set.keySet());
  }

  /**
   * The plans in a directory and below, by the ends of their names, in order; a file is itself.
   *
   * @throws PlanException if there is none
   */
  public static List<Path> files(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(place)) {
      files = all.filter(PlanCheck::isPlan).sorted().toList();
    } catch (IOException | UncheckedIOException unreadable) {
      throw new PlanException(place + " cannot be listed: " + unreadable.getMessage());
    }
    if (files.isEmpty()) {
      throw new PlanException("no plan is in " + place + ": plans end in .yaml or .yml");
    }
    return files;
  }

  private static boolean isPlan(Path file) {
    return Files.isRegularFile(file) && PlanFiles.isYaml(file.getFileName().toString());
  }

  /** A line for each problem of a plan; none if it may run. */
  public List<String> problems(Path file) {
    try {
      PlanFiles.parse(PlanSource.read(file), file.toString(), this::of);
      return List.of();
    } catch (PlanException wrong) {
      return wrong.lines();
    }
  }

  private Map<String, String> of(Set<String> declared) {
    Map<String, String> values = new HashMap<>(set);
    values.keySet().retainAll(declared);
    unused.removeAll(declared);
    return values;
  }

  /** The variables that were given a value and that no plan declared so far. */
  public Set<String> unused() {
    return Set.copyOf(unused);
  }
}
