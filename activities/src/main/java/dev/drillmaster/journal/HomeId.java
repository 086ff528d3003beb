package dev.drillmaster.journal;

import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What identifies a journal's directory, in {@code home.json}: made once. */
final class HomeId {

  /** For a journal that cannot be written. */
  private static final UUID NONE = new UUID(0, 0);

  private static final Logger LOG = LoggerFactory.getLogger(HomeId.class);

  private record Content(UUID home) {}

  private HomeId() {}

  static UUID of(Path directory) {
    Path file = directory.resolve("home.json");
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(directory);
        DurableFiles.write(file, Wire.json().writeValueAsBytes(new Content(UUID.randomUUID())));
      }
      return Wire.json().readValue(Files.readAllBytes(file), Content.class).home();
    } catch (IOException | RuntimeException unusable) {
      LOG.warn("the journal {} cannot be identified", directory, unusable);
      return NONE;
    }
  }
}
