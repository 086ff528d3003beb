package dev.drillmaster.target;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.process.WholeFile;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The targets of this host: {@code NAME.json} in one directory, each with a {@code kind}. A plan
 * names a target, the host defines it. Read anew each time, because watchdogs and agents outlive
 * changes.
 */
public final class Targets {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  private static final String SUFFIX = ".json";

  private final Path directory;
  private final Map<String, TargetKind> kinds;

  /** Targets of these kinds. */
  public Targets(Path directory, List<TargetKind> kinds) {
    this.directory = directory;
    this.kinds = kinds.stream().collect(Collectors.toMap(TargetKind::name, Function.identity()));
  }

  /** Where the definitions are. */
  public Path directory() {
    return directory;
  }

  /**
   * The target of this name, or empty if the host defines none.
   *
   * @throws IOException if its definition cannot be read or is wrong, saying how
   */
  public Optional<Target> find(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Path file = file(name);
    JsonNode definition;
    try {
      definition = Wire.json().readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new IOException("target definition " + file + " cannot be read", unreadable);
    }
    String kind = definition.path("kind").asText();
    TargetKind loader = kinds.get(kind);
    if (loader == null) {
      throw new IOException(
          "target definition " + file + " has kind \"" + kind + "\"; known: " + kinds.keySet());
    }
    try {
      return Optional.of(loader.load(name, definition));
    } catch (IllegalArgumentException wrong) {
      throw new IOException("target definition " + file + ": " + wrong.getMessage(), wrong);
    }
  }

  /** The names of the targets that are defined, right or not. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith(".") && name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  /** Takes the definition of a target away, if there is one. */
  public void remove(String name) throws IOException {
    Files.deleteIfExists(file(name));
  }

  private Path file(String name) {
    return directory.resolve(name + SUFFIX);
  }

  /** Defines a target, in the place of what was defined under this name. */
  public void define(String name, TargetDefinition definition) throws IOException {
    WholeFile.write(
        file(name), Wire.json().writerWithDefaultPrettyPrinter().writeValueAsBytes(definition));
  }
}
