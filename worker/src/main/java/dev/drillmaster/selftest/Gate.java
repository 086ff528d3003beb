package dev.drillmaster.selftest;

import com.sun.net.httpserver.HttpServer;
import dev.drillmaster.steadystate.HttpProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where a run waits until the selftest has done to it what it wanted: a probe of the run's plan
 * asks it. A pause of so many seconds would be too short on one machine and too long on another.
 */
final class Gate implements AutoCloseable {

  private static final int CLOSED = 503;
  private static final int OPEN = 200;

  private final HttpServer server;
  private volatile boolean open;
  private volatile boolean asked;

  Gate() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked = true;
          try (exchange) {
            exchange.sendResponseHeaders(open ? OPEN : CLOSED, -1);
          }
        });
    server.start();
  }

  /** Whether the run may go on. */
  HttpProbe probe() {
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    return new HttpProbe("the selftest is done with it", base, "/", OPEN, null);
  }

  /** Whether a run waits here, all steps before it done. */
  boolean asked() {
    return asked;
  }

  void open() {
    open = true;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
