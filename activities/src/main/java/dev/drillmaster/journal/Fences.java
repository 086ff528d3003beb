package dev.drillmaster.journal;

import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The fences of this host: one file for each fenced target. */
final class Fences {

  private final Path directory;

  Fences(Path directory) {
    this.directory = directory;
  }

  void write(Fence fence) throws IOException {
    Files.createDirectories(directory);
    DurableFiles.write(file(fence.target()), Wire.json().writeValueAsBytes(fence));
  }

  /**
   * The fence of a target. One that cannot be read still is one: the file's existence fences. It
   * may have named a successor, so that nobody may lift it.
   */
  Optional<Fence> of(String target) {
    Path file = file(target);
    try {
      return Optional.of(Wire.json().readValue(Files.readAllBytes(file), Fence.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of(
          new Fence(
              target,
              "unknown",
              "the fence " + file + " cannot be read",
              Instant.EPOCH,
              null,
              Fence.UNKNOWN));
    }
  }

  void lift(String target) throws IOException {
    if (Files.deleteIfExists(file(target))) {
      DurableFiles.sync(directory);
    }
  }

  private Path file(String target) {
    return directory.resolve(Names.checked(target) + ".json");
  }
}
