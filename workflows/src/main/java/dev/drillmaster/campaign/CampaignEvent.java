package dev.drillmaster.campaign;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.audit.AuditEvent;
import java.time.Instant;
import java.util.List;

/** What can happen to a campaign, in the past tense. What happens to its runs is told by them. */
public sealed interface CampaignEvent extends AuditEvent {

  /** A campaign began. */
  @JsonTypeName("campaign-started")
  record CampaignStarted(
      String workflowId,
      List<Wanted> wanted,
      String requester,
      String orchestrator,
      Instant startedAt)
      implements CampaignEvent {}

  /** Somebody stopped it; {@code by} says with what. */
  @JsonTypeName("campaign-stopped")
  record CampaignStopped(String by) implements CampaignEvent {}

  /** A campaign is over; its runs stand in the report without their own reports. */
  @JsonTypeName("campaign-ended")
  record CampaignEnded(CampaignReport report) implements CampaignEvent {}
}
