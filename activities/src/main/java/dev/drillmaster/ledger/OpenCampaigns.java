package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.CAMPAIGN;
import static dev.drillmaster.schema.Tables.RUN;

import dev.drillmaster.campaign.CampaignReport;
import dev.drillmaster.campaign.CampaignRun;
import dev.drillmaster.campaign.Wanted;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.schema.tables.records.CampaignRecord;
import dev.drillmaster.schema.tables.records.RunRecord;
import dev.drillmaster.verdict.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.Result;

/** Campaigns as the ledger alone knows them; see {@link OpenRuns}. */
public final class OpenCampaigns {

  private final Transactions transactions;

  /**
   * @param writer as for {@link Ledger}
   */
  public OpenCampaigns(DataSource writer) {
    this.transactions = new Transactions(writer);
  }

  /** All campaigns whose books are open, the oldest first. */
  public List<OpenCampaign> all() {
    return transactions.read(
        tables ->
            tables
                .selectFrom(CAMPAIGN)
                .where(CAMPAIGN.ENDED_AT.isNull())
                .orderBy(CAMPAIGN.STARTED_AT, CAMPAIGN.RUN_ID)
                .fetch(OpenCampaigns::open));
  }

  private static OpenCampaign open(CampaignRecord campaign) {
    return new OpenCampaign(
        campaign.getRunId(),
        campaign.getExecutionId(),
        campaign.getWorkflowId(),
        campaign.getMonth(),
        campaign.getStartedAt(),
        List.of(StoredValue.json(campaign.getWanted(), Wanted[].class)),
        campaign.getOrchestrator());
  }

  /** The report with which the books of a campaign can be closed: its runs that are over. */
  public CampaignReport report(OpenCampaign campaign, Instant endedAt) {
    return transactions.read(
        tables ->
            CampaignReport.of(
                campaign.workflowId(),
                campaign.campaignId(),
                campaign.wanted().stream().mapToInt(Wanted::runs).sum(),
                Outcome.STOPPED,
                campaign.startedAt(),
                endedAt,
                runs(
                    tables
                        .selectFrom(RUN)
                        .where(RUN.CAMPAIGN.eq(campaign.workflowId()))
                        // A server that has forgotten a campaign takes another of that name.
                        .and(RUN.STARTED_AT.ge(campaign.startedAt()))
                        .and(RUN.REPORT.isNotNull())
                        .orderBy(RUN.STARTED_AT, RUN.RUN_ID)
                        .fetch())));
  }

  private static List<CampaignRun> runs(Result<RunRecord> stored) {
    List<CampaignRun> runs = new ArrayList<>();
    for (RunRecord run : stored) {
      DrillReport report = StoredValue.json(run.getReport(), DrillReport.class);
      runs.add(CampaignRun.of(runs.size() + 1, run.getPlanName(), report));
    }
    return runs;
  }
}
