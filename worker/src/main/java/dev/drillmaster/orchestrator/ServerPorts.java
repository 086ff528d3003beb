package dev.drillmaster.orchestrator;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drillmaster.home.FreePort;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.WholeFile;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the dev server of a home listens on 127.0.0.1, chosen once and kept, so that a bookmark of
 * the UI stays right.
 *
 * @param server for clients and workers
 * @param ui for browsers
 */
record ServerPorts(int server, int ui) {

  /** The last threads of a killed process keep its port for a while. */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  /** What was kept; empty if nothing was, or it is damaged. */
  static Optional<ServerPorts> read(Path file) throws IOException {
    try {
      return Optional.of(Wire.json().readValue(Files.readAllBytes(file), ServerPorts.class));
    } catch (NoSuchFileException | JsonProcessingException none) {
      return Optional.empty();
    }
  }

  /** Those that were kept, and another for each that is taken by another program. */
  static ServerPorts keep(Path file) throws IOException, InterruptedException {
    Optional<ServerPorts> kept = read(file);
    int server = freeOrNew(kept.map(ServerPorts::server), 0);
    ServerPorts ports = new ServerPorts(server, freeOrNew(kept.map(ServerPorts::ui), server));
    if (!kept.equals(Optional.of(ports))) {
      WholeFile.write(file, Wire.json().writeValueAsBytes(ports));
    }
    return ports;
  }

  private static int freeOrNew(Optional<Integer> kept, int taken)
      throws IOException, InterruptedException {
    if (kept.isPresent() && Poll.until(MOMENT, () -> FreePort.isFree(kept.get()))) {
      return kept.get();
    }
    int port = FreePort.choose();
    while (port == taken) {
      port = FreePort.choose();
    }
    return port;
  }

  String address() {
    return "127.0.0.1:" + server;
  }

  String uiAddress() {
    return "http://127.0.0.1:" + ui;
  }
}
