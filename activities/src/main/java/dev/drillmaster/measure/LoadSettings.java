package dev.drillmaster.measure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a load process is started with.
 *
 * @param directory holds its journal, address, token and log; one directory per run
 * @param instances base addresses of the services, which take turns
 * @param timeout the longest that the client waits for an answer
 * @param maxInFlight attempts without an answer beyond which none is sent
 * @param latestEnd after which the process ends by itself, from its start
 */
public record LoadSettings(
    Path directory, List<URI> instances, Duration timeout, int maxInFlight, Duration latestEnd) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);
  public static final int DEFAULT_MAX_IN_FLIGHT = 2000;

  public LoadSettings {
    instances = List.copyOf(instances);
    if (instances.isEmpty()) {
      throw new IllegalArgumentException("a load needs at least one service instance");
    }
  }

  /** With default timeout and limit in flight. */
  public LoadSettings(Path directory, List<URI> instances, Duration latestEnd) {
    this(directory, instances, DEFAULT_TIMEOUT, DEFAULT_MAX_IN_FLIGHT, latestEnd);
  }

  public Path journal() {
    return directory.resolve("load.journal");
  }

  public Path address() {
    return directory.resolve("load.address");
  }

  public Path token() {
    return directory.resolve("load.token");
  }

  public Path log() {
    return directory.resolve("load.log");
  }

  /** As program arguments. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add(directory.toString());
    arguments.add(timeout.toString());
    arguments.add(Integer.toString(maxInFlight));
    arguments.add(latestEnd.toString());
    instances.forEach(instance -> arguments.add(instance.toString()));
    return arguments;
  }

  /** The reverse of {@link #arguments}. */
  public static LoadSettings parse(String[] arguments) {
    return new LoadSettings(
        Path.of(arguments[0]),
        Arrays.stream(arguments).skip(4).map(URI::create).toList(),
        Duration.parse(arguments[1]),
        Integer.parseInt(arguments[2]),
        Duration.parse(arguments[3]));
  }
}
