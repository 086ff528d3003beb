package dev.drillmaster.program;

import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.drill.DrillStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run as a client of Temporal sees it. */
public final class RunHandle {

  private static final Logger LOG = LoggerFactory.getLogger(RunHandle.class);

  private final WorkflowStub workflow;
  private final String name;

  private RunHandle(WorkflowStub workflow, String name) {
    this.workflow = workflow;
    this.name = name;
  }

  /** Starts a run under a new name. */
  public static RunHandle start(WorkflowClient client, String name, DrillRequest request) {
    // No workflow timeout: a run that holds a fault must always come to its rollback.
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setTaskQueue(DrillWorker.QUEUE)
            .setWorkflowId(name)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .setStaticSummary(request.plan().title())
            .setStaticDetails(request.plan().hypothesis())
            .build();
    WorkflowStub stub = client.newUntypedWorkflowStub("drill", options);
    stub.start(request);
    return new RunHandle(stub, name);
  }

  /** A run that somebody started. */
  public static RunHandle of(WorkflowClient client, String name) {
    return new RunHandle(client.newUntypedWorkflowStub(name), name);
  }

  /** Its workflow id. */
  public String name() {
    return name;
  }

  /** Its identity in the ledger and on its host; only a run that was started here knows it. */
  public UUID runId() {
    return UUID.fromString(workflow.getExecution().getRunId());
  }

  /** Heals and ends the run; returns when Temporal has taken the signal. */
  public void emergencyStop() {
    workflow.signal("emergencyStop");
  }

  /**
   * Where it is.
   *
   * @throws RuntimeException if Temporal, or a worker, does not answer
   */
  public DrillStatus status() {
    return workflow.query("status", DrillStatus.class);
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
   * @throws RunWithoutReport if it ended and nobody can say how
   */
  public Optional<DrillReport> await(Duration atMost) {
    try {
      return Optional.of(
          workflow.getResult(atMost.toMillis(), TimeUnit.MILLISECONDS, DrillReport.class));
    } catch (TimeoutException goesOn) {
      return Optional.empty();
    } catch (WorkflowFailedException failed) {
      return Optional.of(report(failed));
    } catch (WorkflowServiceException unreachable) {
      // The server is away; the run is not over for that.
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

  private DrillReport report(WorkflowFailedException failed) {
    if (failed.getCause() instanceof ApplicationFailure failure) {
      @Nullable DrillReport report =
          failure.getDetails().getSize() == 0 ? null : failure.getDetails().get(DrillReport.class);
      if (report != null) {
        return report;
      }
      throw new RunWithoutReport("run " + name + ": " + failure.getOriginalMessage(), failed);
    }
    // Temporal ends a cancelled run without details; the run itself still knows.
    @Nullable DrillReport report = status().report();
    if (report == null) {
      throw new RunWithoutReport(
          "run " + name + " ended without a report: run \"drillmaster heal\"", failed);
    }
    return report;
  }

  /** A run ended, and Temporal has no report of it. */
  public static final class RunWithoutReport extends RuntimeException {
    RunWithoutReport(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
