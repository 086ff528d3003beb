package dev.drillmaster.campaign;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Runs of plans, one after the other, each a drill of its own. Completes if each ended as its plan
 * wants it; else it fails, after all wanted runs were made, with one of {@link
 * dev.drillmaster.verdict.FailureKind} and its report in the failure's details.
 */
@WorkflowInterface
public interface CampaignWorkflow {

  /**
   * The queue of campaigns, which is not that of their runs: whoever only ends runs that were left
   * behind must not begin the next one. Stable: schedules and other workers use it.
   */
  String QUEUE = "drillmaster-campaigns";

  @WorkflowMethod(name = "campaign")
  CampaignReport run(CampaignRequest request);

  /** Without arguments on purpose: a signal whose payload does not parse is dropped silently. */
  @SignalMethod(
      name = "emergencyStop",
      description =
          "Stop the run that is going on (heal every fault at once, roll back) and begin no other."
              + " Takes no input. Safe at any time.")
  void emergencyStop();

  @QueryMethod(name = "status", description = "Which runs are over and how, and which goes on.")
  CampaignStatus status();
}
