package dev.drillmaster.control;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls a control port on 127.0.0.1. Every call ends within its limit, 1 s unless told. */
public final class ControlClient {

  /** The longest that a call takes unless told otherwise. */
  public static final Duration LIMIT = Duration.ofSeconds(1);

  /** One for all: each has threads of its own, and callers make a client for every call. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  private final String what;
  private final int port;
  private final ControlToken token;

  /**
   * Connects at the first call.
   *
   * @param what the name of the process in error messages, such as "drill proxy"
   */
  public ControlClient(String what, int port, ControlToken token) {
    this.what = what;
    this.port = port;
    this.token = token;
  }

  public <T> T get(String path, Class<T> answer) throws IOException, InterruptedException {
    return call("GET", path, null, answer, LIMIT);
  }

  public <T> T put(String path, Object body, Class<T> answer)
      throws IOException, InterruptedException {
    return call("PUT", path, body, answer, LIMIT);
  }

  public <T> T post(String path, Object body, Class<T> answer, Duration limit)
      throws IOException, InterruptedException {
    return call("POST", path, body, answer, limit);
  }

  private <T> T call(
      String method, String path, @Nullable Object body, Class<T> answer, Duration limit)
      throws IOException, InterruptedException {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofByteArray(ControlServer.JSON.writeValueAsBytes(body));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(limit)
            .header("Authorization", token.authorization())
            .header("Content-Type", "application/json")
            .method(method, publisher)
            .build();
    HttpResponse<byte[]> response;
    try {
      response = HTTP.send(request, BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new IOException(
          what + " on port " + port + " did not answer " + method + " " + path + ": " + failed,
          failed);
    }
    if (response.statusCode() != 200) {
      throw new IOException(
          what
              + " refused "
              + method
              + " "
              + path
              + " ("
              + response.statusCode()
              + "): "
              + ControlServer.JSON
                  .readTree(response.body())
                  .path("error")
                  .asText("no reason given"));
    }
    return ControlServer.JSON.readValue(response.body(), answer);
  }
}
