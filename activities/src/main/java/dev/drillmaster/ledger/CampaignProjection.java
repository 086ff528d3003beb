package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.CAMPAIGN;

import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.campaign.CampaignEvent;
import dev.drillmaster.campaign.CampaignReport;
import org.jooq.DSLContext;

/** Events of a campaign. */
final class CampaignProjection implements Projection {

  @Override
  public boolean apply(DSLContext transaction, AuditEntry entry) {
    if (entry.event() instanceof CampaignEvent.CampaignStarted event) {
      started(transaction, entry, event);
    } else if (entry.event() instanceof CampaignEvent.CampaignStopped event) {
      transaction
          .update(CAMPAIGN)
          .set(CAMPAIGN.STOPPED_BY, event.by())
          .set(CAMPAIGN.AUDIT_ID, entry.id())
          .where(CAMPAIGN.RUN_ID.eq(entry.runId()))
          .execute();
    } else if (entry.event() instanceof CampaignEvent.CampaignEnded event) {
      ended(transaction, entry, event.report());
    } else {
      return false;
    }
    return true;
  }

  private static void started(
      DSLContext transaction, AuditEntry entry, CampaignEvent.CampaignStarted event) {
    transaction
        .insertInto(CAMPAIGN)
        .set(CAMPAIGN.RUN_ID, entry.runId())
        .set(CAMPAIGN.WORKFLOW_ID, event.workflowId())
        .set(CAMPAIGN.EXECUTION_ID, entry.executionId())
        .set(CAMPAIGN.WANTED, Projection.json(event.wanted()))
        .set(CAMPAIGN.REQUESTER, event.requester())
        .set(CAMPAIGN.ORCHESTRATOR, event.orchestrator())
        .set(CAMPAIGN.STARTED_AT, event.startedAt())
        .set(CAMPAIGN.MONTH, entry.month())
        .set(CAMPAIGN.AUDIT_ID, entry.id())
        // After a Workflow Reset the campaign goes on under another execution.
        .onConflict(CAMPAIGN.RUN_ID)
        .doUpdate()
        .set(CAMPAIGN.EXECUTION_ID, entry.executionId())
        .setNull(CAMPAIGN.STOPPED_BY)
        .setNull(CAMPAIGN.ENDED_AT)
        .setNull(CAMPAIGN.OUTCOME)
        .setNull(CAMPAIGN.EXPECTED)
        .setNull(CAMPAIGN.REPORT)
        .set(CAMPAIGN.AUDIT_ID, entry.id())
        .execute();
  }

  private static void ended(DSLContext transaction, AuditEntry entry, CampaignReport report) {
    transaction
        .update(CAMPAIGN)
        .set(CAMPAIGN.ENDED_AT, report.endedAt())
        .set(CAMPAIGN.OUTCOME, report.outcome().text())
        .set(CAMPAIGN.EXPECTED, report.expected())
        .set(CAMPAIGN.REPORT, Projection.json(report))
        .set(CAMPAIGN.AUDIT_ID, entry.id())
        .where(CAMPAIGN.RUN_ID.eq(entry.runId()))
        .execute();
  }
}
