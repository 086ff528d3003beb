package dev.drillmaster.injector;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands before the API of a real Toxiproxy and does what that does when a toxic waits for a
 * connection that is stuck: it answers no removal until the proxy has been switched off.
 */
final class StuckToxiproxy implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int ERROR = 500;

  private final URI real;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> switches = new CopyOnWriteArrayList<>();
  private final AtomicBoolean refusing = new AtomicBoolean();

  StuckToxiproxy(URI real) throws IOException {
    this.real = real;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI api() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What was asked for, in order. */
  List<String> switches() {
    return switches;
  }

  void refuseOneSwitchOn() {
    refusing.set(true);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String method = exchange.getRequestMethod();
    if (method.equals("DELETE") && switches.isEmpty()) {
      // Never answered; closing this server ends it.
      return;
    }
    if (method.equals("PATCH")) {
      String asked = new String(body, StandardCharsets.UTF_8);
      switches.add(asked);
      if (asked.contains("true") && refusing.getAndSet(false)) {
        exchange.sendResponseHeaders(ERROR, 2);
        exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
        exchange.close();
        return;
      }
    }
    HttpRequest request =
        HttpRequest.newBuilder(real.resolve(exchange.getRequestURI()))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    try (exchange) {
      HttpResponse<byte[]> told = HTTP.send(request, BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(
          told.statusCode(), told.body().length == 0 ? -1 : told.body().length);
      exchange.getResponseBody().write(told.body());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
