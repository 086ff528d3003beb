package dev.drillmaster.program;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run or a campaign as a client of Temporal sees it: both are stopped, asked and waited for in
 * the same way.
 *
 * @param <S> what it answers when it is asked where it is
 * @param <R> what comes of it
 */
public abstract sealed class WorkHandle<S, R> permits RunHandle, CampaignHandle {

  private static final Logger LOG = LoggerFactory.getLogger(WorkHandle.class);

  private final WorkflowStub workflow;
  private final String name;
  private final Class<S> status;
  private final Class<R> report;
  private final PendingResult<R> result;

  WorkHandle(WorkflowStub workflow, String name, Class<S> status, Class<R> report) {
    this.workflow = workflow;
    this.name = name;
    this.status = status;
    this.report = report;
    this.result = new PendingResult<>(workflow, report);
  }

  /**
   * What somebody started under a name, a run or a campaign.
   *
   * @throws WorkflowNotFoundException if the server knows nothing of that name
   */
  public static WorkHandle<?, ?> find(WorkflowClient client, String name) {
    String type = client.newUntypedWorkflowStub(name).describe().getWorkflowType();
    return type.equals(CampaignHandle.TYPE)
        ? CampaignHandle.of(client, name)
        : RunHandle.of(client, name);
  }

  /** What it is, for people. */
  public abstract String kind();

  /** What came of it, in a few words for people. */
  public abstract String inShort(R ended);

  /** Whether something of it could not be put right, so that a person must act. */
  public abstract boolean handedOver(R ended);

  /** The report that a status carries once all is over. */
  abstract @Nullable R reportOf(S last);

  /** Its workflow id. */
  public String name() {
    return name;
  }

  /** Its execution on the server; only what was started here knows it. */
  String executionId() {
    return workflow.getExecution().getRunId();
  }

  /** Heals and ends it; returns when Temporal has taken the signal. */
  public void emergencyStop() {
    workflow.signal("emergencyStop");
  }

  /**
   * Where it is.
   *
   * @throws RuntimeException if Temporal, or a worker, does not answer
   */
  public S status() {
    return workflow.query("status", status);
  }

  /** Whether Temporal knows it and it has not ended. */
  public boolean isOpen() {
    try {
      return workflow.describe().getStatus()
          == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    } catch (WorkflowNotFoundException forgotten) {
      return false;
    }
  }

  /**
   * Waits for its end.
   *
   * @return empty if it has not ended in that time
   * @throws WithoutReport if it ended and nobody can say how
   */
  public Optional<R> await(Duration atMost) {
    try {
      return result.await(atMost);
    } catch (WorkflowFailedException failed) {
      return Optional.of(report(failed));
    } catch (WorkflowServiceException unreachable) {
      // The server is away; what it runs is not over for that.
      LOG.warn("Temporal does not answer for {}: {}", name, unreachable.getMessage());
      pause(atMost);
      return Optional.empty();
    }
  }

  private static void pause(Duration atMost) {
    try {
      TimeUnit.MILLISECONDS.sleep(Math.min(1000, atMost.toMillis()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same as {@link #await}, for those who only want to know what to tell. */
  public Optional<End> awaitEnd(Duration atMost) {
    return await(atMost).map(ended -> new End(inShort(ended), handedOver(ended)));
  }

  /**
   * An end, whatever it is the end of.
   *
   * @param inShort see {@link WorkHandle#inShort}
   * @param handedOver see {@link WorkHandle#handedOver}
   */
  public record End(String inShort, boolean handedOver) {}

  private R report(WorkflowFailedException failed) {
    if (failed.getCause() instanceof ApplicationFailure failure) {
      @Nullable R found =
          failure.getDetails().getSize() == 0 ? null : failure.getDetails().get(report);
      if (found != null) {
        return found;
      }
      throw new WithoutReport(kind() + " " + name + ": " + failure.getOriginalMessage(), failed);
    }
    // Temporal ends what is cancelled without details; it still knows itself.
    @Nullable R found = reportOf(status());
    if (found == null) {
      throw new WithoutReport(
          kind() + " " + name + " ended without a report: run \"drillmaster heal\"", failed);
    }
    return found;
  }

  /** A run or a campaign ended, and Temporal has no report of it. */
  public static final class WithoutReport extends RuntimeException {
    WithoutReport(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
