package dev.drillmaster.injector;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drillmaster.injector.HttpCaller.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A host whose target is a route of a drill proxy, with a service behind it that has accounts. */
final class HttpRouteLab extends HostLab {

  /** Who is lied to if not everybody is. */
  static final String LIED_TO = "reader/2";

  /** Who is not. */
  static final String SPARED = "reader/1";

  /** The balance that the service begins with; it grows. */
  static final int BALANCE = 1000;

  /**
   * What a client sees of something that changes.
   *
   * @param before what the service would have said at the first look
   * @param first what the client heard
   * @param after what the service would have said at the second look
   * @param second what the client heard
   */
  record Look(String before, Answer first, String after, Answer second) {
    boolean isTruth() {
      return first.equals(new Answer(200, before)) && second.equals(new Answer(200, after));
    }
  }

  private static final int LARGE = 200_000;

  final RouteProcess proxy;
  private final HttpServer service;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger balance = new AtomicInteger(BALANCE);
  private final AtomicInteger held = new AtomicInteger();
  private volatile CountDownLatch go = new CountDownLatch(0);

  HttpRouteLab(Path directory) throws IOException, InterruptedException {
    super(directory);
    this.service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    service.setExecutor(threads);
    service.createContext("/account", exchange -> say(exchange, account()));
    service.createContext("/half", this::sayHalf);
    service.createContext("/late", this::sayLate);
    service.createContext("/chunked", this::sayInChunks);
    service.createContext("/large", exchange -> say(exchange, account() + " ".repeat(LARGE)));
    service.createContext("/mine", exchange -> say(exchange, mine(exchange)));
    service.start();
    this.proxy = new RouteProcess(directory, service.getAddress().getPort());
    targets.define(TARGET, proxy.target());
  }

  /** What the service says about the account. */
  String account() {
    return "{\"owner\":\"ann\",\"balance\":" + balance + "}";
  }

  private String mine(HttpExchange exchange) {
    return exchange.getRequestHeaders().getFirst("Authorization") + " has " + account();
  }

  void change() {
    balance.incrementAndGet();
  }

  /** From now on half of an answer, or all of it, waits for the returned latch. */
  CountDownLatch hold() {
    go = new CountDownLatch(1);
    return go;
  }

  /** How many answers have waited, or do. */
  int held() {
    return held.get();
  }

  private void awaitGo() throws IOException {
    held.incrementAndGet();
    try {
      if (!go.await(20, TimeUnit.SECONDS)) {
        throw new IOException("nobody wants the answer");
      }
    } catch (InterruptedException ending) {
      throw new IOException(ending);
    }
  }

  private static void say(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(US_ASCII);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void sayInChunks(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      for (byte each : account().getBytes(US_ASCII)) {
        exchange.getResponseBody().write(each);
        exchange.getResponseBody().flush();
      }
    }
  }

  private void sayHalf(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = account().getBytes(US_ASCII);
      int half = body.length / 2;
      exchange.sendResponseHeaders(200, body.length);
      OutputStream out = exchange.getResponseBody();
      out.write(body, 0, half);
      out.flush();
      awaitGo();
      out.write(body, half, body.length - half);
    }
  }

  private void sayLate(HttpExchange exchange) throws IOException {
    awaitGo();
    say(exchange, account());
  }

  HttpCaller caller(String name) throws IOException {
    return new HttpCaller(proxy.port, name);
  }

  /** Asks, changes what is asked for, and asks again. */
  Look look(HttpCaller caller) throws IOException {
    String before = account();
    Answer first = caller.ask("/account");
    change();
    return new Look(before, first, account(), caller.ask("/account"));
  }

  Look look() throws IOException {
    try (HttpCaller caller = caller(LIED_TO)) {
      return look(caller);
    }
  }

  @Override
  boolean serves() {
    try {
      return look().isTruth();
    } catch (IOException noAnswer) {
      return false;
    }
  }

  @Override
  void destroyTarget() throws IOException, InterruptedException {
    proxy.kill();
  }

  @Override
  void stopTarget() throws IOException, InterruptedException {
    proxy.process.destroyForcibly().waitFor();
    service.stop(0);
    threads.shutdownNow();
  }
}
