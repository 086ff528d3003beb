package dev.drillmaster.history;

import dev.drillmaster.reaper.ExecutionStatus;
import dev.drillmaster.reaper.HistoryActivities;
import dev.drillmaster.reaper.OperatorCommand;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.List;

/** Asks the Temporal server. */
public final class Histories implements HistoryActivities {

  private final WorkflowClient client;

  /** Of the server and namespace of this client. */
  public Histories(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public ExecutionStatus status(String workflowId) {
    WorkflowExecutionStatus status;
    try {
      status = client.newUntypedWorkflowStub(workflowId).describe().getStatus();
    } catch (WorkflowNotFoundException forgotten) {
      return ExecutionStatus.UNKNOWN;
    }
    return switch (status) {
      case WORKFLOW_EXECUTION_STATUS_RUNNING, WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW ->
          ExecutionStatus.RUNNING;
      case WORKFLOW_EXECUTION_STATUS_COMPLETED -> ExecutionStatus.COMPLETED;
      case WORKFLOW_EXECUTION_STATUS_FAILED -> ExecutionStatus.FAILED;
      case WORKFLOW_EXECUTION_STATUS_CANCELED -> ExecutionStatus.CANCELED;
      case WORKFLOW_EXECUTION_STATUS_TERMINATED -> ExecutionStatus.TERMINATED;
      case WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> ExecutionStatus.TIMED_OUT;
      default -> throw new IllegalStateException("Temporal says of " + workflowId + ": " + status);
    };
  }

  @Override
  public List<OperatorCommand> operatorCommands(String workflowId, String executionId) {
    return client.fetchHistory(workflowId, executionId).getHistory().getEventsList().stream()
        .flatMap(event -> OperatorEvent.read(event).stream())
        .toList();
  }
}
