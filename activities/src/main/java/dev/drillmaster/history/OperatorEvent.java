package dev.drillmaster.history;

import com.google.protobuf.Timestamp;
import dev.drillmaster.reaper.OperatorCommand;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionCancelRequestedEventAttributes;
import io.temporal.api.history.v1.WorkflowExecutionSignaledEventAttributes;
import io.temporal.api.history.v1.WorkflowExecutionTerminatedEventAttributes;
import io.temporal.api.history.v1.WorkflowExecutionUpdateAcceptedEventAttributes;
import io.temporal.api.history.v1.WorkflowTaskFailedEventAttributes;
import java.time.Instant;
import java.util.Optional;

/** Which events of a history are commands from outside, and what each says. */
final class OperatorEvent {

  private OperatorEvent() {}

  /** Empty for an event that the run itself or the server caused. */
  static Optional<OperatorCommand> read(HistoryEvent event) {
    return switch (event.getAttributesCase()) {
      case WORKFLOW_EXECUTION_SIGNALED_EVENT_ATTRIBUTES -> {
        WorkflowExecutionSignaledEventAttributes signal =
            event.getWorkflowExecutionSignaledEventAttributes();
        yield command(event, signal.getSignalName(), signal.getIdentity(), "");
      }
      case WORKFLOW_EXECUTION_CANCEL_REQUESTED_EVENT_ATTRIBUTES -> {
        WorkflowExecutionCancelRequestedEventAttributes cancel =
            event.getWorkflowExecutionCancelRequestedEventAttributes();
        yield command(event, "cancel", cancel.getIdentity(), cancel.getCause());
      }
      case WORKFLOW_EXECUTION_TERMINATED_EVENT_ATTRIBUTES -> {
        WorkflowExecutionTerminatedEventAttributes end =
            event.getWorkflowExecutionTerminatedEventAttributes();
        yield command(event, "terminate", end.getIdentity(), end.getReason());
      }
      case WORKFLOW_EXECUTION_UPDATE_ACCEPTED_EVENT_ATTRIBUTES -> {
        WorkflowExecutionUpdateAcceptedEventAttributes update =
            event.getWorkflowExecutionUpdateAcceptedEventAttributes();
        yield command(
            event,
            update.getAcceptedRequest().getInput().getName(),
            update.getAcceptedRequest().getMeta().getIdentity(),
            "");
      }
      case WORKFLOW_TASK_FAILED_EVENT_ATTRIBUTES ->
          reset(event, event.getWorkflowTaskFailedEventAttributes());
      default -> Optional.empty();
    };
  }

  /** Temporal writes a reset as a failed workflow task of the execution that goes on from it. */
  private static Optional<OperatorCommand> reset(
      HistoryEvent event, WorkflowTaskFailedEventAttributes task) {
    return task.getCause() == WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW
        ? command(event, "reset", task.getIdentity(), task.getFailure().getMessage())
        : Optional.empty();
  }

  private static Optional<OperatorCommand> command(
      HistoryEvent event, String command, String identity, String reason) {
    Timestamp at = event.getEventTime();
    String principal =
        event.hasPrincipal()
            ? event.getPrincipal().getType() + ":" + event.getPrincipal().getName()
            : "";
    return Optional.of(
        new OperatorCommand(
            event.getEventId(),
            Instant.ofEpochSecond(at.getSeconds(), at.getNanos()),
            command,
            identity,
            principal,
            reason));
  }
}
