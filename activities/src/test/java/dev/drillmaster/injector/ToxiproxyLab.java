package dev.drillmaster.injector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.postgres.ServerRoom;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.target.ToxiproxyTarget;
import dev.drillmaster.tier.Tier;
import dev.drillmaster.toxiproxy.Toxiproxy;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A host whose target is a proxy of a real Toxiproxy, which somebody else uses, too. */
final class ToxiproxyLab extends GreetingLab {

  static final String PROXY = "database";

  /** A toxic that is not ours. */
  static final String THEIRS = "theirs";

  private static final Path PROGRAM =
      Path.of(System.getProperty("user.home"), "go", "bin", "toxiproxy", "server");

  private static final Duration READY = Duration.ofSeconds(20);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final URI api;
  private final int port;

  ToxiproxyLab(Path directory) throws IOException, InterruptedException {
    super(directory);
    Tier.need(
        Files.isExecutable(PROGRAM),
        PROGRAM.toString(),
        "GOBIN="
            + PROGRAM.getParent()
            + " go install github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0");
    int apiPort = ServerRoom.freePort();
    api = URI.create("http://127.0.0.1:" + apiPort);
    process =
        DetachedProcess.start(
            List.of(PROGRAM.toString(), "-host", "127.0.0.1", "-port", "" + apiPort),
            // Else it writes down each question.
            Map.of("LOG_LEVEL", "error"),
            directory,
            directory.resolve("toxiproxy.log"));
    if (!Poll.until(READY, () -> new Toxiproxy(api).runs())) {
      throw new IOException("the test's Toxiproxy does not start");
    }
    JsonNode made =
        post(
            "/proxies",
            Map.of(
                "name", PROXY, "listen", "127.0.0.1:0", "upstream", "127.0.0.1:" + upstreamPort()));
    String listen = made.path("listen").asText();
    port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    post(
        "/proxies/" + PROXY + "/toxics",
        Map.of("name", THEIRS, "type", "latency", "attributes", Map.of("latency", 1)));
    define(api);
  }

  /** The target, reached by this address. */
  void define(URI reachedBy) throws IOException {
    targets.define(TARGET, new ToxiproxyTarget.Definition(reachedBy.toString(), PROXY));
  }

  URI api() {
    return api;
  }

  private JsonNode post(String path, Object body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve(path))
            .POST(BodyPublishers.ofByteArray(Wire.json().writeValueAsBytes(body)))
            .build();
    HttpResponse<byte[]> answer = HTTP.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new IOException("POST " + path + " was answered by " + answer.statusCode());
    }
    return Wire.json().readTree(answer.body());
  }

  Toxiproxy.Proxy proxy() throws IOException, InterruptedException {
    return new Toxiproxy(api).proxy(PROXY).orElseThrow();
  }

  /** The names of all toxics, whoever made them; none if it does not run. */
  Set<String> toxics() throws IOException, InterruptedException {
    return new Toxiproxy(api).runs() ? proxy().toxics() : Set.of();
  }

  ProcessId server() {
    return HostLab.id(process);
  }

  @Override
  int port() {
    return port;
  }

  @Override
  Process proxyProcess() {
    return process;
  }
}
