package dev.drillmaster.injector;

import dev.drillmaster.control.ControlToken;
import dev.drillmaster.drillproxy.DrillProxy;
import dev.drillmaster.drillproxy.DrillProxy.RouteSettings;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.proxy.ProxyControl;
import dev.drillmaster.proxy.RouteStatus;
import dev.drillmaster.proxy.Upstream;
import dev.drillmaster.target.RouteTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A drill proxy with one route, as a process of its own. */
final class RouteProcess {

  private static final String ROUTE = "database";
  private static final Duration READY = Duration.ofSeconds(20);

  final Path home;
  final Process process;
  final int port;

  /**
   * Runs when this returns.
   *
   * @param upstreamPort where the route leads
   */
  RouteProcess(Path directory, int upstreamPort) throws IOException, InterruptedException {
    this.home = Files.createDirectories(directory.resolve("proxy"));
    ControlToken.create(home.resolve(ProxyControl.TOKEN_FILE));
    Upstream behind = new Upstream("127.0.0.1", upstreamPort);
    DrillProxy.Settings settings =
        new DrillProxy.Settings(home, 0, List.of(new RouteSettings(ROUTE, 0, behind)));
    this.process =
        DetachedProcess.start(
            DetachedProcess.java(DrillProxy.class, 64, settings.arguments()),
            Map.of(),
            directory,
            directory.resolve("proxy.log"));
    if (!Poll.until(READY, this::answers)) {
      process.destroyForcibly().waitFor();
      throw new IOException("the test's proxy does not start");
    }
    this.port = status().listenPort();
  }

  /** The first answer of a Java program may take longer than a call may, on a busy machine. */
  private boolean answers() throws IOException, InterruptedException {
    Optional<ProxyControl> running = RouteTarget.running(home);
    if (running.isEmpty()) {
      return false;
    }
    try {
      return !running.get().routes().isEmpty();
    } catch (IOException notYet) {
      return false;
    }
  }

  RouteTarget.Definition target() {
    return new RouteTarget.Definition(home, ROUTE);
  }

  ProxyControl control() throws IOException {
    return ProxyControl.in(home);
  }

  RouteStatus status() throws IOException, InterruptedException {
    return control().route(ROUTE);
  }

  /** Sends the route elsewhere. */
  void redirect(int upstreamPort) throws IOException, InterruptedException {
    control().redirect(ROUTE, new Upstream("127.0.0.1", upstreamPort));
  }

  void kill() throws IOException, InterruptedException {
    ProcessId id = HostLab.id(process);
    ProcessKiller.killAll(() -> id.isRunning() ? List.of(id) : List.of());
  }
}
