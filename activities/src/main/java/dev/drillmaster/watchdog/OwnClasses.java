package dev.drillmaster.watchdog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Loads our classes that healing may need, before anybody relies on it: when it is needed, the jars
 * may have been replaced by a newer build, and the machine may be too busy for loading. Branches
 * that a rehearsal does not take (a fenced target, a retry) would otherwise be loaded only then.
 */
final class OwnClasses {

  private static final List<String> PACKAGES =
      List.of("process", "journal", "postgres", "target", "network", "injector", "watchdog");

  private OwnClasses() {}

  static void load() throws IOException {
    Path source;
    try {
      source = Path.of(Watchdog.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IOException("cannot find our own classes", impossible);
    }
    if (Files.isDirectory(source)) {
      loadFrom(source);
      return;
    }
    try (FileSystem jar =
        FileSystems.newFileSystem(URI.create("jar:" + source.toUri()), Map.of())) {
      loadFrom(jar.getPath("/"));
    }
  }

  private static void loadFrom(Path root) throws IOException {
    for (String each : PACKAGES) {
      Path folder = root.resolve("dev/drillmaster/" + each);
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .map(file -> root.relativize(file).toString())
            .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
            .forEach(OwnClasses::initialize);
      } catch (UncheckedIOException unreadable) {
        throw new IOException("cannot load our own classes", unreadable.getCause());
      }
    }
  }

  private static void initialize(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      Class.forName(name);
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(name + " was listed, but cannot be loaded", impossible);
    }
  }
}
