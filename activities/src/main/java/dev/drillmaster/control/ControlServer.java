package dev.drillmaster.control;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control port: HTTP with JSON on 127.0.0.1, for callers that show the token. Two threads serve
 * it; bodies are at most 64 KiB.
 */
public final class ControlServer implements AutoCloseable {

  /** What is done for a caller; the answer is sent as JSON. */
  @FunctionalInterface
  public interface Operation {
    Object answer(ControlRequest request) throws Exception;
  }

  /** A request that is answered with this status and its message. */
  public static final class Refused extends Exception {
    private final int status;

    public Refused(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final Logger log = LoggerFactory.getLogger(ControlServer.class);
  private static final int BODY_LIMIT = 64 * 1024;

  private record Endpoint(String method, Pattern path, Operation operation) {}

  private final HttpServer server;
  private final ExecutorService threads;
  private final ControlToken token;
  private final List<Endpoint> endpoints = new ArrayList<>();

  /**
   * Takes the port; nothing is served before {@link #start}.
   *
   * @param port 0 for any free port
   */
  public ControlServer(int port, ControlToken token) throws IOException {
    this.token = token;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
    this.threads =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "control");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::serve);
  }

  /**
   * Adds an operation; to be called before {@link #start}.
   *
   * @param path may hold one {@code {name}}, which stands for one path segment
   */
  public ControlServer on(String method, String path, Operation operation) {
    Pattern pattern = Pattern.compile(path.replace("{name}", "(?<name>[A-Za-z0-9._-]{1,64})"));
    endpoints.add(new Endpoint(method, pattern, operation));
    return this;
  }

  /** Begins to serve and returns the port. */
  public int start() {
    server.start();
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!token.isShownBy(exchange.getRequestHeaders().getFirst("Authorization"))) {
        log.warn(
            "refused {} {}: no token or a wrong one",
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath());
        send(exchange, 401, Map.of("error", "show the token of this control port"));
        return;
      }
      answerOrSayWhyNot(exchange);
    }
  }

  private void answerOrSayWhyNot(HttpExchange exchange) throws IOException {
    Object answer;
    try {
      answer = answer(exchange);
    } catch (Refused refused) {
      send(exchange, refused.status, Map.of("error", String.valueOf(refused.getMessage())));
      return;
    } catch (Exception failed) {
      log.error(
          "{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI().getPath(), failed);
      send(exchange, 500, Map.of("error", String.valueOf(failed.getMessage())));
      return;
    }
    send(exchange, 200, answer);
  }

  private Object answer(HttpExchange exchange) throws Exception {
    String path = exchange.getRequestURI().getPath();
    for (Endpoint endpoint : endpoints) {
      Matcher matcher = endpoint.path().matcher(path);
      if (endpoint.method().equals(exchange.getRequestMethod()) && matcher.matches()) {
        String name = matcher.groupCount() == 0 ? "" : matcher.group("name");
        return endpoint.operation().answer(new ControlRequest(name, body(exchange)));
      }
    }
    throw new Refused(404, "no operation " + exchange.getRequestMethod() + " " + path);
  }

  private static JsonNode body(HttpExchange exchange) throws IOException, Refused {
    byte[] bytes = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
    if (bytes.length > BODY_LIMIT) {
      throw new Refused(413, "the body is longer than " + BODY_LIMIT + " bytes");
    }
    try {
      return bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
    } catch (IOException malformed) {
      throw new Refused(400, "the body is not JSON");
    }
  }

  private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    // One second for an answer that is being sent, such as the one to the call that stops us.
    server.stop(1);
    threads.shutdown();
  }
}
