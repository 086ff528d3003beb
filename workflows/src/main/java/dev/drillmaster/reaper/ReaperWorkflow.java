package dev.drillmaster.reaper;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Looks for runs whose books are open although nobody looks after them, neither the run itself nor
 * its guardian, and ends them. Scheduled, and started whenever a worker starts. Needs no history
 * and no plan file: ledger and host journals are enough.
 */
@WorkflowInterface
public interface ReaperWorkflow {

  /** The one workflow id: two reapers at once would only be in each other's way. */
  String ID = "reaper";

  /**
   * One round.
   *
   * @param orchestrator the name of the Temporal server in the ledger: runs of others are not ours
   * @return what was found and done, for people; empty if nothing was left behind
   */
  @WorkflowMethod(name = "reaper")
  String reap(String orchestrator);
}
