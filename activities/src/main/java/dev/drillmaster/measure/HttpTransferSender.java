package dev.drillmaster.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillmaster.measure.JournalLine.Result;
import dev.drillmaster.postgres.Lsn;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends transfers to ledger services over HTTP. An error counts as a definite failure only if the
 * request cannot have reached the database: the connection was refused, or the service says so.
 */
public final class HttpTransferSender implements TransferSender {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int WARM_UP_ROUNDS = 10;

  private final HttpClient client;
  private final List<URI> transfers;
  private final Duration timeout;

  /**
   * @param instances base addresses of the services
   * @param timeout the longest that a request may take, connecting included
   * @param threads completes the answers
   */
  public HttpTransferSender(List<URI> instances, Duration timeout, Executor threads) {
    this.transfers = instances.stream().map(base -> base.resolve("/transfers")).toList();
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .executor(threads)
            .build();
  }

  /**
   * Asks each instance a few times whether it is ready, so that the first transfers do not measure
   * the loading of this program. What they answer does not matter.
   */
  public void warmUp() {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      CompletableFuture.allOf(
              transfers.stream()
                  .map(transfer -> HttpRequest.newBuilder(transfer.resolve("/ready")))
                  .map(ready -> ready.timeout(timeout).build())
                  .map(ready -> client.sendAsync(ready, HttpResponse.BodyHandlers.ofByteArray()))
                  .map(answer -> answer.handle((response, failure) -> true))
                  .toArray(CompletableFuture[]::new))
          .join();
    }
  }

  @Override
  public CompletableFuture<Answer> send(int instance, UUID id, String run, long sequence) {
    HttpRequest request =
        HttpRequest.newBuilder(transfers.get(instance))
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(id, run, sequence)))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
        .handle((response, failure) -> failure == null ? answer(response) : answer(failure));
  }

  private static String body(UUID id, String run, long sequence) {
    return JSON.valueToTree(Map.of("id", id, "run", run, "sequence", sequence, "amount", 1))
        .toString();
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    try {
      JsonNode body = JSON.readTree(response.body());
      if (status == 200) {
        return new Answer(Result.OK, lsn(body), body.path("timeline").asInt(0), "");
      }
      String reason = status + " " + body.path("error").asText("");
      // 4xx: the service did not accept the request. Any other status leaves it open, except the
      // one by which the service says that nothing was committed.
      return status == 503 || status / 100 == 4 ? Answer.failed(reason) : Answer.unknown(reason);
    } catch (IOException | IllegalArgumentException malformed) {
      return Answer.unknown(status + " with a malformed body");
    }
  }

  private static @Nullable Lsn lsn(JsonNode body) {
    JsonNode lsn = body.path("lsn");
    return lsn.isTextual() ? Lsn.parse(lsn.asText()) : null;
  }

  private static Answer answer(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
        ? Answer.failed(reason)
        : Answer.unknown(reason);
  }
}
