package dev.drillmaster.toxiproxy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Toxiproxy server, 2.6 or later, by its HTTP API. Every call ends within a second.
 *
 * @param api where it answers, such as {@code http://127.0.0.1:8474}
 */
public record Toxiproxy(URI api) {

  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  /** Its threads serve every caller. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  /**
   * One of its proxies.
   *
   * @param listen its address, for people
   * @param upstream where it leads, for people
   * @param enabled whether it lets anybody in
   * @param toxics the names of its toxics, whoever made them
   */
  public record Proxy(String listen, String upstream, boolean enabled, Set<String> toxics) {

    public Proxy {
      toxics = Set.copyOf(toxics);
    }
  }

  /** Whether anything listens there: a server that died has taken its proxies and toxics along. */
  public boolean runs() throws IOException, InterruptedException {
    try {
      call("GET", "/version", null);
      return true;
    } catch (ConnectException refused) {
      return false;
    }
  }

  /** The proxy of this name, or empty if there is none. */
  public Optional<Proxy> proxy(String name) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = call("GET", "/proxies/" + name, null);
    if (answer.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    JsonNode proxy = Wire.json().readTree(require(answer, "GET proxy " + name, OK).body());
    Set<String> toxics = new HashSet<>();
    proxy.path("toxics").forEach(toxic -> toxics.add(toxic.path("name").asText()));
    return Optional.of(
        new Proxy(
            proxy.path("listen").asText(),
            proxy.path("upstream").asText(),
            proxy.path("enabled").asBoolean(),
            toxics));
  }

  /** Adds a toxic, unless there is one of its name: then it was added before. */
  public void add(String proxy, Toxic toxic) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = call("POST", "/proxies/" + proxy + "/toxics", toxic);
    require(answer, "adding " + toxic.name(), OK, CONFLICT);
  }

  /** Takes a toxic away, if it is there. */
  public void remove(String proxy, String toxic) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = call("DELETE", "/proxies/" + proxy + "/toxics/" + toxic, null);
    require(answer, "removing " + toxic, NO_CONTENT, NOT_FOUND);
  }

  /** Switches a proxy on, or off, which ends its connections. */
  public void enable(String proxy, boolean enabled) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = call("PATCH", "/proxies/" + proxy, Map.of("enabled", enabled));
    require(answer, "switching " + proxy, OK);
  }

  private HttpResponse<byte[]> call(String method, String path, @Nullable Object body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + path))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(Wire.json().writeValueAsBytes(body)))
            .build();
    return HTTP.send(request, BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> require(
      HttpResponse<byte[]> answer, String what, int... wanted) throws IOException {
    for (int status : wanted) {
      if (answer.statusCode() == status) {
        return answer;
      }
    }
    String why = Wire.json().readTree(answer.body()).path("error").asText("no reason given");
    throw new IOException("Toxiproxy refused " + what + " (" + answer.statusCode() + "): " + why);
  }
}
