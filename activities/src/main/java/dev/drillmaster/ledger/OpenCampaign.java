package dev.drillmaster.ledger;

import dev.drillmaster.campaign.Wanted;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A campaign whose books are open.
 *
 * @param campaignId the campaign
 * @param executionId the Temporal execution that wrote last that it had begun
 * @param workflowId its name
 * @param month the partition of its audit rows
 * @param startedAt when it began
 * @param wanted the runs that it is to make
 * @param orchestrator which Temporal server looks after it, see {@link
 *     dev.drillmaster.drill.DrillRequest#orchestrator}
 */
public record OpenCampaign(
    UUID campaignId,
    UUID executionId,
    String workflowId,
    LocalDate month,
    Instant startedAt,
    List<Wanted> wanted,
    String orchestrator) {

  public OpenCampaign {
    wanted = List.copyOf(wanted);
  }
}
