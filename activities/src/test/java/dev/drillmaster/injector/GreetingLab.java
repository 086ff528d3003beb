package dev.drillmaster.injector;

import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;

/** A host whose target is a proxy of some kind, with somebody behind it who says a byte. */
abstract class GreetingLab extends HostLab {

  static final int PATIENCE_MILLIS = 300;

  private final ServerSocket upstream;

  GreetingLab(Path directory) throws IOException {
    super(directory);
    this.upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread greeting = new Thread(this::greet, "upstream");
    greeting.setDaemon(true);
    greeting.start();
  }

  /** Where clients find the proxy. */
  abstract int port();

  /** The proxy itself. */
  abstract Process proxyProcess();

  /** Where the proxy finds who greets. */
  int upstreamPort() {
    return upstream.getLocalPort();
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
    client.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), PATIENCE_MILLIS);
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  /** How long it takes until a client is greeted, in milliseconds. */
  long millisToAnswer() throws IOException {
    long begin = System.nanoTime();
    try (Socket client = connect()) {
      client.setSoTimeout(10_000);
      if (client.getInputStream().read() != 'y') {
        throw new IOException("no greeting");
      }
    }
    return (System.nanoTime() - begin) / 1_000_000;
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
    ProcessId id = id(proxyProcess());
    ProcessKiller.killAll(() -> id.isRunning() ? List.of(id) : List.of());
  }

  @Override
  void stopTarget() throws IOException, InterruptedException {
    proxyProcess().destroyForcibly().waitFor();
    upstream.close();
  }
}
