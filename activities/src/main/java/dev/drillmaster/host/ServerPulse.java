package dev.drillmaster.host;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import dev.drillmaster.injector.Heartbeat;
import io.grpc.Status;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat of a holder. Asks Temporal every second (every three on a host with fifty) whether
 * the fault is still wanted and throws when the run is gone, or when nobody has answered for as
 * long as the lease: a fault that nobody can stop any more is healed. The SDK's own heartbeat would
 * not do: it asks every few seconds only, and takes silence for consent.
 */
final class ServerPulse implements Heartbeat {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** One lost question must not make the server take a holder for dead, which it does after 8 s. */
  private static final Duration LONGEST = Duration.ofSeconds(3);

  /**
   * Each question is a commit of the server's database: all holders of a host share 17 a second.
   */
  private static final Duration SHARE = Duration.ofMillis(60);

  private final ServerAnswer server;
  private final byte[] task;
  private final String namespace;
  private final Duration patience;
  private final IntSupplier holders;
  private long asked = System.nanoTime() - LONGEST.toNanos();
  private volatile long answered = System.nanoTime();
  private volatile @Nullable String unwanted;

  /**
   * For the activity with this token.
   *
   * @param patience for so long the server may be silent
   * @param holders how many there are on this host now
   */
  ServerPulse(
      ServerAnswer server, byte[] task, String namespace, Duration patience, IntSupplier holders) {
    this.server = server;
    this.task = task.clone();
    this.namespace = namespace;
    this.patience = patience;
    this.holders = holders;
  }

  @Override
  public void beat() {
    String why = unwanted;
    if (why != null) {
      throw new CancellationException(why);
    }
    long now = System.nanoTime();
    if (now - answered > patience.toNanos()) {
      throw new IllegalStateException(
          "Temporal has not answered for " + patience.toSeconds() + " s: nobody could stop this");
    }
    if (now - asked >= interval().toNanos()) {
      asked = now;
      ask();
    }
  }

  /** Never so long that one lost question would look like a silent server. */
  private Duration interval() {
    Duration wanted = SHARE.multipliedBy(holders.getAsInt());
    Duration atMost = Collections.min(List.of(wanted, LONGEST, patience.dividedBy(3)));
    return Collections.max(List.of(atMost, SHORTEST));
  }

  private void ask() {
    Futures.addCallback(
        server.ask(task, namespace),
        new FutureCallback<>() {
          @Override
          public void onSuccess(@Nullable RecordActivityTaskHeartbeatResponse answer) {
            answered = System.nanoTime();
            if (answer != null && answer.getCancelRequested()) {
              unwanted = "the run does not want this any more";
            }
          }

          @Override
          public void onFailure(Throwable silent) {
            if (Status.fromThrowable(silent).getCode() == Status.Code.NOT_FOUND) {
              unwanted = "the run is gone";
            }
          }
        },
        MoreExecutors.directExecutor());
  }
}
