package dev.drillmaster.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * What a service says about itself.
 *
 * @param ok whether it answered that its database can be written
 * @param text the answer, for people
 */
record Health(boolean ok, String text) {

  static final Health UNKNOWN = new Health(false, "does not answer");

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  /** Asks the service on that port of 127.0.0.1, for two seconds at most. */
  static Health ask(int port) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
            .timeout(LIMIT)
            .build();
    HttpResponse<String> answer;
    try {
      answer = HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException silent) {
      return new Health(false, "does not answer: " + silent);
    }
    return answer.statusCode() == 200
        ? new Health(true, "healthy")
        : new Health(false, "unhealthy (" + answer.statusCode() + "): " + error(answer.body()));
  }

  private static String error(String body) {
    try {
      return Wire.json().readTree(body).path("error").asText();
    } catch (JsonProcessingException other) {
      return body;
    }
  }
}
