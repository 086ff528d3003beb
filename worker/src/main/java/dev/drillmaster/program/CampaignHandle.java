package dev.drillmaster.program;

import dev.drillmaster.campaign.CampaignReport;
import dev.drillmaster.campaign.CampaignRequest;
import dev.drillmaster.campaign.CampaignStatus;
import dev.drillmaster.campaign.CampaignWorkflow;
import dev.drillmaster.campaign.Wanted;
import dev.drillmaster.verdict.Outcome;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One campaign as a client of Temporal sees it. */
public final class CampaignHandle extends WorkHandle<CampaignStatus, CampaignReport> {

  /** The type of its workflow. */
  static final String TYPE = "campaign";

  private final boolean begun;

  private CampaignHandle(WorkflowStub workflow, String name, boolean begun) {
    super(workflow, name, CampaignStatus.class, CampaignReport.class);
    this.begun = begun;
  }

  /** Starts a campaign under a name, or takes the one that there is or was of that name. */
  public static CampaignHandle startOrJoin(
      WorkflowClient client, String name, CampaignRequest request) {
    // No workflow timeout: see the runs of the campaign.
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setTaskQueue(CampaignWorkflow.QUEUE)
            .setWorkflowId(name)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .setStaticSummary(summary(request))
            .build();
    WorkflowStub stub = client.newUntypedWorkflowStub(TYPE, options);
    try {
      stub.start(request);
      return new CampaignHandle(stub, name, true);
    } catch (WorkflowExecutionAlreadyStarted joined) {
      return of(client, name);
    }
  }

  private static String summary(CampaignRequest request) {
    return request.wanted().stream()
        .map(CampaignHandle::summary)
        .collect(Collectors.joining(", ", "Campaign: ", ""));
  }

  private static String summary(Wanted wanted) {
    return wanted.runs() + " x " + wanted.plan();
  }

  /** A campaign that somebody started. */
  public static CampaignHandle of(WorkflowClient client, String name) {
    return new CampaignHandle(client.newUntypedWorkflowStub(name), name, false);
  }

  /** Whether this started it, rather than somebody before. */
  public boolean begun() {
    return begun;
  }

  @Override
  public String kind() {
    return "campaign";
  }

  @Override
  public String inShort(CampaignReport ended) {
    return ended.summary();
  }

  @Override
  public boolean handedOver(CampaignReport ended) {
    return ended.runs().stream().anyMatch(run -> run.outcome() == Outcome.HANDED_OVER);
  }

  @Override
  @Nullable CampaignReport reportOf(CampaignStatus last) {
    return last.report();
  }
}
