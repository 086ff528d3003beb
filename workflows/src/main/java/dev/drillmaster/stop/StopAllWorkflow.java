package dev.drillmaster.stop;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Stops everything: every host heals and looks, all at once and before anything is written; then
 * the runs that are named are told to stop; then the stop is recorded, however long the ledger
 * takes for that, and from then on no run is admitted; then all runs that the ledger knows are
 * told.
 */
@WorkflowInterface
public interface StopAllWorkflow {

  /** How the workflow ids of stops begin; a time follows. */
  String ID = "stop-all";

  @WorkflowMethod(name = "stopAll")
  StopStatus run(StopRequest request);

  @QueryMethod(name = "status", description = "Which hosts have healed, and which runs were told.")
  StopStatus status();
}
