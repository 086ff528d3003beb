package dev.drillmaster.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that is over, with all that the ledger keeps for people to read.
 *
 * @param runId the run
 * @param run its name
 * @param requester who asked for it
 * @param orchestrator which Temporal server looked after it; empty if the run is older than its
 *     keeping
 * @param environment where the target stands, such as {@code lab}
 * @param plan the plan as it was run, as JSON
 * @param planDigest SHA-256 of the plan, in hexadecimal
 * @param report a {@link dev.drillmaster.drill.DrillReport} as it was stored, as JSON
 * @param actions what operators did, first to last
 */
public record ClosedRun(
    UUID runId,
    String run,
    String requester,
    String orchestrator,
    String environment,
    String plan,
    String planDigest,
    String report,
    List<OperatorAction> actions) {

  public ClosedRun {
    actions = List.copyOf(actions);
  }

  /**
   * What somebody commanded a run to do.
   *
   * @param command such as {@code emergencyStop}
   * @param name who says to have done it; null or empty if nobody said
   * @param reason why; null or empty if nobody said
   * @param assurance how sure it is who did it
   */
  public record OperatorAction(
      Instant receivedAt,
      String command,
      @Nullable String name,
      @Nullable String reason,
      String assurance) {}
}
