package dev.drillmaster.program;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.control.ControlClient;
import dev.drillmaster.control.ControlServer;
import dev.drillmaster.control.ControlToken;
import dev.drillmaster.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A control port on which a program that keeps a home up serves the commands of that home: it tells
 * how long the faults that it holds live without renewal, because only the process that renews
 * knows, and stops everything for them.
 */
final class ProgramPort implements AutoCloseable {

  private final ControlServer server;

  private ProgramPort(ControlServer server) {
    this.server = server;
  }

  /**
   * The answer.
   *
   * @param millis null if it is not held
   */
  private record Left(@Nullable Long millis) {}

  /** Serves until it is closed. */
  static ProgramPort open(Home home, LocalHost host, StopForCommand stop) throws IOException {
    ControlServer server =
        new ControlServer(0, ControlToken.create(token(home)))
            .on(
                "GET",
                "/leases/{name}",
                request ->
                    new Left(
                        host.injections()
                            .leaseLeft(UUID.fromString(request.name()))
                            .map(Duration::toMillis)
                            .orElse(null)))
            .on("POST", "/stops", request -> stop.begin(request.as(StopForCommand.Wanted.class)))
            .on(
                "POST",
                "/stops/{name}",
                request -> stop.progress(request.name(), request.as(StopForCommand.Seen.class)));
    ControlAddress.publish(address(home), server.start());
    return new ProgramPort(server);
  }

  /** Asks the program that serves this home; empty if it holds no such fault. */
  static Optional<Duration> ask(Home home, UUID injection)
      throws IOException, InterruptedException {
    return Optional.ofNullable(client(home).get("/leases/" + injection, Left.class).millis())
        .map(Duration::ofMillis);
  }

  /** Calls the program that serves this home. */
  static ControlClient client(Home home) throws IOException {
    return new ControlClient(
        "the program that keeps the home up",
        ControlAddress.read(address(home)).port(),
        ControlToken.read(token(home)));
  }

  private static Path token(Home home) {
    return home.program().resolveSibling("port.token");
  }

  private static Path address(Home home) {
    return home.program().resolveSibling("port.address");
  }

  @Override
  public void close() {
    server.close();
  }
}
