package dev.drillmaster.campaign;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a campaign is.
 *
 * @param wanted the runs that it is to make
 * @param over the runs that are over, in order, without their reports
 * @param current the run that goes on: its workflow id; null between two of them
 * @param stoppedBy what stopped it, else null
 * @param waiting why it waits, if it does (the ledger does not take what is written), else null
 * @param report what came of it, once it is over; also the way to the report of a cancelled
 *     campaign, which Temporal ends without details
 */
public record CampaignStatus(
    List<Wanted> wanted,
    List<CampaignRun> over,
    @Nullable String current,
    @Nullable String stoppedBy,
    @Nullable String waiting,
    @Nullable CampaignReport report) {

  public CampaignStatus {
    wanted = List.copyOf(wanted);
    over = List.copyOf(over);
  }

  /** How many runs it is to make in all. */
  public int runs() {
    return wanted.stream().mapToInt(Wanted::runs).sum();
  }
}
