package dev.drillmaster.system;

import dev.drillmaster.process.WholeFile;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The systems of this host: {@code NAME.json} in one directory, read anew each time. */
public final class Systems {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final Path directory;

  /** The systems in this directory, which need not exist. */
  public Systems(Path directory) {
    this.directory = directory;
  }

  /**
   * The system of this name, or empty if this host defines none.
   *
   * @throws IOException if its definition cannot be read or is wrong, saying how
   */
  public Optional<SystemDefinition> find(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Path file = file(name);
    try {
      return Optional.of(Wire.json().readValue(Files.readAllBytes(file), SystemDefinition.class));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException wrong) {
      throw new IOException(
          "system definition " + file + " is wrong: " + wrong.getMessage(), wrong);
    }
  }

  /** Defines a system, in the place of what was defined under this name. */
  public void define(String name, SystemDefinition definition) throws IOException {
    WholeFile.write(
        file(name), Wire.json().writerWithDefaultPrettyPrinter().writeValueAsBytes(definition));
  }

  private Path file(String name) {
    return directory.resolve(name + ".json");
  }
}
