package dev.drillmaster.drill;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Stands by while a run goes on. It is called when the run is over, however that came: at the run's
 * own end, by Temporal when the run was terminated, timed out or reset, or by its own deadline when
 * the run is stuck. Then it heals what the run left behind, rolls it back, closes its books, and
 * copies what operators did from the run's history into the audit trail.
 */
@WorkflowInterface
public interface GuardianWorkflow {

  /** Returns what it found and did, for people. */
  @WorkflowMethod(name = "guardian")
  String guard(Guarded run);

  /**
   * The run is at its end and has closed its books. Not by cancel: Temporal would show the guardian
   * of every run as cancelled.
   */
  @SignalMethod(name = "relieve", description = "Sent by the run itself when it is over.")
  void relieve();

  @QueryMethod(name = "account", description = "What it found and did.")
  String account();

  /** The workflow id of the guardian of one execution. Stable: the reaper asks for it. */
  static String idOf(String workflowId, String executionId) {
    return workflowId + "/guardian/" + executionId;
  }
}
