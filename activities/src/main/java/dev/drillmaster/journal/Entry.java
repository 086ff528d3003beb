package dev.drillmaster.journal;

import com.fasterxml.jackson.databind.JavaType;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One injection in the journal: a directory, made once and never again.
 *
 * <p>Its two states that must be reachable on a full disk, over and expired, are changes of a name:
 * {@code open} becomes {@code tombstone}, {@code unexpired} becomes {@code expired}. A rename needs
 * no disk space, a new file does.
 */
final class Entry {

  private final Path parent;
  private final Path directory;

  Entry(Path parent, String name) {
    this.parent = parent;
    this.directory = parent.resolve(name);
  }

  /** Makes the directory; false if there was one: mkdir(2) lets exactly one caller win. */
  boolean create() throws IOException {
    Files.createDirectories(parent);
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException used) {
      return false;
    }
    DurableFiles.sync(parent);
    return true;
  }

  void createMarkers() throws IOException {
    Files.createFile(file("open"));
    Files.createFile(file("unexpired"));
    DurableFiles.sync(directory);
  }

  boolean has(String name) {
    return Files.exists(file(name));
  }

  boolean over() {
    return has("tombstone");
  }

  /** Idempotent. */
  void bury() throws IOException {
    if (over() || DurableFiles.rename(file("open"), file("tombstone"))) {
      return;
    }
    // Nobody has begun (or is about to make "open", and looks for the tombstone afterwards).
    mark("tombstone");
  }

  /** Idempotent. */
  void mark(String name) throws IOException {
    try {
      Files.createFile(file(name));
    } catch (FileAlreadyExistsException marked) {
      return;
    }
    DurableFiles.sync(directory);
  }

  /** Idempotent. */
  void expire() throws IOException {
    DurableFiles.rename(file("unexpired"), file("expired"));
  }

  void write(String name, Object value) throws IOException {
    DurableFiles.write(file(name), Wire.json().writeValueAsBytes(value));
  }

  /** The content, or empty if there is no such file. */
  <T> Optional<T> read(String name, Class<T> type) throws IOException {
    return read(name, Wire.json().constructType(type));
  }

  private <T> Optional<T> read(String name, JavaType type) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file(name));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
    try {
      T value = Wire.json().readValue(content, type);
      return Optional.of(value);
    } catch (IOException | RuntimeException cut) {
      throw new IOException("journal file " + file(name) + " is cut or damaged", cut);
    }
  }

  Path file(String name) {
    return directory.resolve(name);
  }
}
