package dev.drillmaster.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.proxy.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends its name once, before the first bytes that it sends back. */
final class EchoServer implements AutoCloseable {

  private final String name;
  private final ServerSocket listener;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  EchoServer(String name) throws IOException {
    this.name = name;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::acceptAll);
  }

  Upstream upstream() {
    return new Upstream("127.0.0.1", listener.getLocalPort());
  }

  void awaitConnections(int wanted) {
    long latest = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (connections.size() != wanted) {
      assertThat(System.nanoTime()).as("%s connections", wanted).isLessThan(latest);
      Thread.onSpinWait();
    }
  }

  void dropConnections() throws IOException {
    for (Socket socket : connections) {
      socket.close();
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.add(socket);
        daemon(() -> echo(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void echo(Socket socket) {
    byte[] buffer = new byte[1 << 16];
    try (socket) {
      boolean first = true;
      for (int n; (n = socket.getInputStream().read(buffer)) >= 0; ) {
        if (first) {
          socket.getOutputStream().write(name.getBytes(US_ASCII));
          first = false;
        }
        socket.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException reset) {
      // A closed connection is what tests look for.
    } finally {
      connections.remove(socket);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    dropConnections();
  }
}
