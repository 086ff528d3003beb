package dev.drillmaster.program;

import dev.drillmaster.campaign.CampaignEvent;
import dev.drillmaster.campaign.CampaignReport;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.ledger.OpenCampaign;
import dev.drillmaster.ledger.OpenCampaigns;
import dev.drillmaster.reaper.LateBooks;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Campaigns whose program has died, as the ledger alone knows them. */
final class CampaignsLeftBehind {

  private final Ledger ledger;
  private final OpenCampaigns openCampaigns;
  private final Consumer<String> progress;

  CampaignsLeftBehind(DataSource writer, Consumer<String> progress) {
    this.ledger = new Ledger(writer);
    this.openCampaigns = new OpenCampaigns(writer);
    this.progress = progress;
  }

  /** All whose books are open. */
  List<OpenCampaign> all() {
    return openCampaigns.all();
  }

  /** Closes the books of a campaign that no server knows, after those of its runs. */
  void close(OpenCampaign campaign) {
    progress.accept("campaign " + campaign.workflowId() + " was left behind: ending it");
    LateBooks books =
        new LateBooks(
            LocalHands.BY,
            campaign.campaignId(),
            campaign.executionId(),
            campaign.month(),
            Instant::now,
            ledger::record);
    CampaignReport report =
        openCampaigns.report(campaign, Instant.ofEpochMilli(System.currentTimeMillis()));
    books.note("campaign-ended", new CampaignEvent.CampaignEnded(report.inShort()));
    books.write();
    progress.accept("  closed: " + report.summary());
  }
}
