package dev.drillmaster.lab.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Another instance of the service, as this one asks it. Strong: believes only what proves to be the
 * peer's own answer to this very question. Weak: believes whatever comes.
 */
final class Peer {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final ServiceSettings settings;
  private final Statement statement;

  Peer(ServiceSettings settings, Statement statement) {
    this.settings = settings;
    this.statement = statement;
  }

  /** The peer did not answer, or its answer is not believed. */
  static final class NotBelieved extends Exception {
    NotBelieved(String why) {
      super(why);
    }
  }

  /** What the peer says. */
  String ask() throws NotBelieved, InterruptedException {
    String nonce = UUID.randomUUID().toString();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + settings.peerPort() + Statement.PATH))
            .timeout(PATIENCE)
            .header("User-Agent", "ledger-" + settings.name())
            .header(Statement.NONCE, nonce)
            .build();
    HttpResponse<byte[]> answer;
    try {
      answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException silent) {
      throw new NotBelieved("no answer: " + silent);
    }
    if (settings.strength() == ServiceSettings.Strength.STRONG) {
      believe(answer, nonce);
    }
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private void believe(HttpResponse<byte[]> answer, String nonce) throws NotBelieved {
    if (answer.statusCode() != 200) {
      throw new NotBelieved("status " + answer.statusCode());
    }
    String code = answer.headers().firstValue(Statement.CODE).orElse("");
    if (!statement.proves(code, nonce, answer.body())) {
      throw new NotBelieved("the answer is not the peer's to this question");
    }
  }
}
