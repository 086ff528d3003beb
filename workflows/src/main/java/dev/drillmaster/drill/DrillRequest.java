package dev.drillmaster.drill;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asks for a run of a plan.
 *
 * @param plan what to do
 * @param requester who asks, as declared
 * @param orchestrator which Temporal runs it, so that the heal command knows whether anybody still
 *     looks after the run: {@code embedded PID:START} for the in-process server, {@code home} for
 *     the dev server of the ledger's home, else {@code HOST:PORT} of a server of others, followed
 *     by {@code /NAMESPACE} if that is not the default one
 * @param maxWait how long the run waits to be admitted, at most {@link
 *     dev.drillmaster.guard.Gate#LONGEST_WAIT}; it does not wait if absent
 */
public record DrillRequest(
    DrillPlan plan, String requester, String orchestrator, Duration maxWait) {

  /**
   * What the JSON lacks becomes empty: an empty plan is refused with what is wrong with it, where
   * null would fail each workflow task, for ever.
   */
  public DrillRequest(
      @Nullable DrillPlan plan,
      @Nullable String requester,
      @Nullable String orchestrator,
      @Nullable Duration maxWait) {
    this.plan = plan == null ? DrillPlan.EMPTY : plan;
    this.requester = requester == null ? "" : requester;
    this.orchestrator = orchestrator == null ? "" : orchestrator;
    this.maxWait = maxWait == null ? Duration.ZERO : maxWait;
  }
}
