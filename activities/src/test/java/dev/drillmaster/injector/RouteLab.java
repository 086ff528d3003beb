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
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A host whose target is a route of a drill proxy, with somebody behind it who says a byte. */
final class RouteLab extends HostLab {

  private static final String ROUTE = "database";
  private static final Duration READY = Duration.ofSeconds(20);
  static final int PATIENCE_MILLIS = 300;

  final Path proxy;
  private final ServerSocket upstream;
  private final Process process;
  private final int port;

  RouteLab(Path directory) throws IOException, InterruptedException {
    super(directory);
    this.proxy = Files.createDirectories(directory.resolve("proxy"));
    this.upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread greeting = new Thread(this::greet, "upstream");
    greeting.setDaemon(true);
    greeting.start();
    ControlToken.create(proxy.resolve(ProxyControl.TOKEN_FILE));
    Upstream behind = new Upstream("127.0.0.1", upstream.getLocalPort());
    DrillProxy.Settings settings =
        new DrillProxy.Settings(proxy, 0, List.of(new RouteSettings(ROUTE, 0, behind)));
    this.process =
        DetachedProcess.start(
            DetachedProcess.java(DrillProxy.class, 64, settings.arguments()),
            Map.of(),
            directory,
            directory.resolve("proxy.log"));
    if (!Poll.until(READY, () -> RouteTarget.running(proxy).isPresent())) {
      throw new IOException("the test's proxy does not start");
    }
    this.port = route().listenPort();
    targets.define(TARGET, new RouteTarget.Definition(proxy, ROUTE));
  }

  RouteStatus route() throws IOException, InterruptedException {
    return ProxyControl.in(proxy).route(ROUTE);
  }

  private void greet() {
    while (!upstream.isClosed()) {
      try {
        Socket client = upstream.accept();
        Thread thread = new Thread(() -> greet(client), "greeting");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        // The test is over.
      }
    }
  }

  /** One byte, asked for or not; then it only listens. */
  private static void greet(Socket client) {
    try (client) {
      client.getOutputStream().write('y');
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException hurried) {
      // A client that was gone before is no concern of ours.
    }
  }

  Socket connect() throws IOException {
    Socket client = new Socket();
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  @Override
  boolean serves() {
    try (Socket client = connect()) {
      return client.getInputStream().read() == 'y';
    } catch (IOException silent) {
      return false;
    }
  }

  /** Whether a client can connect and is not answered in time; one that is refused is answered. */
  boolean isSilent() {
    try (Socket client = connect()) {
      client.getInputStream().read();
      return false;
    } catch (SocketTimeoutException silence) {
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  @Override
  void destroyTarget() throws IOException, InterruptedException {
    ProcessId id = ProcessId.of(process.pid()).orElseThrow();
    ProcessKiller.killAll(() -> id.isRunning() ? List.of(id) : List.of());
  }

  @Override
  void stopTarget() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    upstream.close();
  }
}
