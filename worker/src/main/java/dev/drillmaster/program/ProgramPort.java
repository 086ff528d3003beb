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
 * A control port on which a program tells others of its home how long the faults that it holds live
 * without renewal: only the process that renews knows.
 */
final class LeasePort implements AutoCloseable {

  private final ControlServer server;

  private LeasePort(ControlServer server) {
    this.server = server;
  }

  /**
   * The answer.
   *
   * @param millis null if it is not held
   */
  private record Left(@Nullable Long millis) {}

  /** Serves until it is closed. */
  static LeasePort open(Home home, LocalHost host) throws IOException {
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
                            .orElse(null)));
    ControlAddress.publish(address(home), server.start());
    return new LeasePort(server);
  }

  /** Asks the program that serves this home; empty if it holds no such fault. */
  static Optional<Duration> ask(Home home, UUID injection)
      throws IOException, InterruptedException {
    ControlClient client =
        new ControlClient(
            "the program that keeps the home up",
            ControlAddress.read(address(home)).port(),
            ControlToken.read(token(home)));
    return Optional.ofNullable(client.get("/leases/" + injection, Left.class).millis())
        .map(Duration::ofMillis);
  }

  private static Path token(Home home) {
    return home.program().resolveSibling("leases.token");
  }

  private static Path address(Home home) {
    return home.program().resolveSibling("leases.address");
  }

  @Override
  public void close() {
    server.close();
  }
}
