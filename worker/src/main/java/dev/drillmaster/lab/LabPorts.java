package dev.drillmaster.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drillmaster.home.FreePort;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.process.WholeFile;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The ports of the lab on 127.0.0.1, chosen once and kept.
 *
 * @param ports by name: the parts (the proxy's is its control port) and the proxy's routes
 */
record LabPorts(Map<String, Integer> ports) {

  private static final Duration MOMENT = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(10);

  /** Copies the map. */
  LabPorts {
    ports = Map.copyOf(ports);
  }

  int of(String name) {
    Integer port = ports.get(name);
    if (port == null) {
      throw new IllegalStateException("the lab has no port for " + name);
    }
    return port;
  }

  /** The ports as they were kept; empty if there is no lab, or what was kept is damaged. */
  static Optional<LabPorts> read(LabFiles files) throws IOException {
    try {
      return Optional.of(Wire.json().readValue(Files.readAllBytes(files.ports()), LabPorts.class));
    } catch (NoSuchFileException | JsonProcessingException none) {
      return Optional.empty();
    }
  }

  /**
   * The ports to use from now on: those that were kept, and new ones for what has none, or for a
   * program that is down while another program listens on its port.
   *
   * @throws IOException if the port of a database that is down is taken; it is written in too many
   *     places to be changed for a passing guest
   */
  static LabPorts keep(LabFiles files, Map<String, PostgresServer> nodes, Consumer<String> say)
      throws IOException, InterruptedException {
    Map<String, Integer> kept =
        new LinkedHashMap<>(read(files).map(LabPorts::ports).orElse(Map.of()));
    Map<String, Integer> ports = new LinkedHashMap<>(kept);
    for (Map.Entry<String, PostgresServer> node : nodes.entrySet()) {
      keepNode(node.getKey(), node.getValue(), ports);
    }
    Path proxy = files.work(LabFiles.PROXY);
    keepProgram(LabFiles.PROXY, proxy, ports, say);
    for (String route : LabFiles.routes()) {
      keepProgram(route, proxy, ports, say);
    }
    for (String service : LabFiles.instances()) {
      keepProgram(service, files.work(service), ports, say);
    }
    LabPorts result = new LabPorts(ports);
    if (!ports.equals(kept)) {
      result.write(files);
    }
    return result;
  }

  private static void keepNode(String name, PostgresServer server, Map<String, Integer> ports)
      throws IOException, InterruptedException {
    if (server.exists()) {
      ports.put(name, server.settings().port());
    }
    if (!ports.containsKey(name)) {
      ports.put(name, another(ports));
    }
    int port = ports.getOrDefault(name, 0);
    if (!server.isRunning() && !comesFree(port)) {
      throw new IOException(
          ("port %d on 127.0.0.1, which belongs to %s of the lab, is taken by another program: stop"
                  + " that one (\"ss -ltnp 'sport = :%d'\" shows it), then run \"drillmaster lab up\""
                  + " again")
              .formatted(port, name, port));
    }
  }

  private static void keepProgram(
      String name, Path work, Map<String, Integer> ports, Consumer<String> say)
      throws IOException, InterruptedException {
    Integer port = ports.get(name);
    if (port == null) {
      ports.put(name, another(ports));
    } else if (new ProcessTree(work).members().isEmpty() && !comesFree(port)) {
      ports.put(name, another(ports));
      say.accept(
          "port %d of %s is taken by another program; using %d instead"
              .formatted(port, name, ports.get(name)));
    }
  }

  private static int another(Map<String, Integer> taken) throws IOException {
    int port = FreePort.choose();
    while (taken.containsValue(port)) {
      port = FreePort.choose();
    }
    return port;
  }

  /**
   * Whether nobody listens on a port, or stops within a moment: the last threads of a killed
   * process keep its port for a while when it is no longer seen to run.
   */
  static boolean comesFree(int port) throws IOException, InterruptedException {
    return Poll.until(MOMENT, POLL, () -> FreePort.isFree(port));
  }

  private void write(LabFiles files) throws IOException {
    WholeFile.write(
        files.ports(), Wire.json().writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
  }
}
