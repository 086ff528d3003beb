package dev.drillmaster.lab.service;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.control.PrivateFile;
import dev.drillmaster.lab.service.Peer.NotBelieved;
import dev.drillmaster.lab.service.Transfers.NotCommitted;
import dev.drillmaster.lab.service.Transfers.PerhapsCommitted;
import dev.drillmaster.lab.service.Transfers.Transfer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger service as a program: {@code POST /transfers} books a transfer; {@code GET /health}
 * says whether its database can be written; {@code GET /ready} whether it serves. Transfers are
 * answered by 200 (committed), 503 (certainly not committed) or 500 (perhaps committed). {@code GET
 * /peer} says whether another instance is believed, which is asked for its {@code /statement}.
 */
public final class LedgerService {

  private static final Logger log = LoggerFactory.getLogger(LedgerService.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  // More than the pool has connections, since a request may wait for one.
  private static final int THREADS = 64;
  // As many as the load keeps in flight: the server drops what its executor does not take.
  private static final int WAITING = 4096;
  private static final int BODY_LIMIT = 4096;

  private final String name;
  private final Transfers transfers;
  private final Peer peer;
  private final AtomicLong stated = new AtomicLong();

  private LedgerService(String name, Transfers transfers, Peer peer) {
    this.name = name;
    this.transfers = transfers;
    this.peer = peer;
  }

  private record Response(int status, Object body) {}

  private Response transfer(HttpExchange exchange) {
    @Nullable Transfer transfer;
    try {
      transfer = JSON.readValue(exchange.getRequestBody().readNBytes(BODY_LIMIT), Transfer.class);
    } catch (IOException malformed) {
      transfer = null;
    }
    if (transfer == null) {
      return new Response(400, Map.of("error", "the body is not a transfer"));
    }
    try {
      return new Response(200, transfers.book(transfer));
    } catch (NotCommitted failed) {
      log.debug("not committed", failed);
      return new Response(503, Map.of("outcome", "failed", "error", reason(failed)));
    } catch (PerhapsCommitted failed) {
      log.warn("perhaps committed: {}", reason(failed));
      return new Response(500, Map.of("outcome", "unknown", "error", reason(failed)));
    }
  }

  private static String reason(Exception failure) {
    SQLException cause = (SQLException) failure.getCause();
    return cause == null ? "" : cause.getSQLState() + " " + cause.getMessage();
  }

  private Response health() {
    try {
      transfers.checkWritable();
      return new Response(200, Map.of("ok", true));
    } catch (SQLException failed) {
      return new Response(503, Map.of("ok", false, "error", String.valueOf(failed.getMessage())));
    }
  }

  private Response statement() {
    return new Response(200, Map.of("service", name, "serial", stated.incrementAndGet()));
  }

  private Response peer() {
    try {
      return new Response(200, Map.of("ok", true, "peer", peer.ask()));
    } catch (NotBelieved why) {
      return new Response(503, Map.of("ok", false, "error", String.valueOf(why.getMessage())));
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return new Response(503, Map.of("ok", false, "error", "this service is ending"));
    }
  }

  /** Answers one kind of request. */
  @FunctionalInterface
  private interface Handler {
    Response answer(HttpExchange exchange);
  }

  private static void serve(
      HttpServer server, Statement statement, String method, String path, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            Response response =
                method.equals(exchange.getRequestMethod())
                    ? handler.answer(exchange)
                    : new Response(405, Map.of("error", "only " + method));
            byte[] body = JSON.writeValueAsBytes(response.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            String nonce = exchange.getRequestHeaders().getFirst(Statement.NONCE);
            if (nonce != null) {
              exchange.getResponseHeaders().set(Statement.CODE, statement.code(nonce, body));
            }
            exchange.sendResponseHeaders(response.status(), body.length);
            exchange.getResponseBody().write(body);
          } catch (RuntimeException bug) {
            log.error("{} {}", method, path, bug);
            throw bug;
          }
        });
  }

  /**
   * Runs until it is killed.
   *
   * @param arguments see {@link ServiceSettings#arguments}
   * @throws IOException if the password cannot be read or the port is taken
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    // Without this, an answer on a kept connection may wait 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // After an outage the load holds many idle connections; closing them under its feet would
    // look like failures.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
    ServiceSettings settings = ServiceSettings.parse(arguments);
    Transfers transfers = new Transfers(new DatabasePool(settings), settings.name());
    Statement statement = new Statement(PrivateFile.read(settings.password()));
    LedgerService service =
        new LedgerService(settings.name(), transfers, new Peer(settings, statement));
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 1024);
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING));
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
    serve(server, statement, "POST", "/transfers", service::transfer);
    serve(server, statement, "GET", "/health", exchange -> service.health());
    serve(server, statement, "GET", "/ready", exchange -> new Response(200, Map.of("ok", true)));
    serve(server, statement, "GET", Statement.PATH, exchange -> service.statement());
    serve(server, statement, "GET", "/peer", exchange -> service.peer());
    try {
      transfers.rehearse();
    } catch (SQLException failed) {
      log.warn("serving although the database cannot be written yet: {}", failed.getMessage());
    }
    server.start();
    ControlAddress.publish(settings.address(), server.getAddress().getPort());
    log.info("{} serves on port {}", settings.name(), server.getAddress().getPort());
  }
}
