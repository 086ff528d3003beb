package dev.drillmaster.program;

import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of one workflow, waited for a little at a time. All waits share one question to the
 * server. The SDK's own wait with a limit would not do: in its last second the server answers at
 * once that there is nothing yet (it wants a second of room), and the SDK asks again, 600 times a
 * second, which is half a processor of the server.
 *
 * @param <R> what comes of it
 */
final class PendingResult<R> {

  private final WorkflowStub workflow;
  private final Class<R> type;

  /** The question that is open; guarded by this. */
  private @Nullable CompletableFuture<R> asked;

  PendingResult(WorkflowStub workflow, Class<R> type) {
    this.workflow = workflow;
    this.type = type;
  }

  /**
   * Waits for it; an interrupt ends the wait and is left to the caller.
   *
   * @return empty if it is not there in that time
   * @throws WorkflowException if it failed, or the server cannot say; the next wait asks anew
   */
  Optional<R> await(Duration atMost) {
    CompletableFuture<R> result = ask();
    try {
      return Optional.of(result.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException notYet) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException failed) {
      forget(result);
      if (failed.getCause() instanceof RuntimeException said) {
        throw said;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  private synchronized CompletableFuture<R> ask() {
    CompletableFuture<R> open = asked == null ? workflow.getResultAsync(type) : asked;
    asked = open;
    return open;
  }

  private synchronized void forget(CompletableFuture<R> failed) {
    asked = asked == failed ? null : asked;
  }
}
