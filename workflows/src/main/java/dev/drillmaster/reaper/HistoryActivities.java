package dev.drillmaster.reaper;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Runs as the Temporal server knows them. */
@ActivityInterface
public interface HistoryActivities {

  /** How the newest execution of that name stands: {@code RUNNING}, {@code TERMINATED}... */
  @ActivityMethod(name = "execution-status")
  ExecutionStatus status(String workflowId);

  /**
   * What people and programs did to one execution from outside, in order: signals, updates,
   * cancellation, termination, reset.
   */
  @ActivityMethod(name = "operator-commands")
  List<OperatorCommand> operatorCommands(String workflowId, String executionId);
}
