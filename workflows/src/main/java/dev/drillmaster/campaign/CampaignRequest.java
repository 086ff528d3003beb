package dev.drillmaster.campaign;

import dev.drillmaster.drill.DrillPlan;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asks for runs of plans, one after the other.
 *
 * @param parts which plans, in order, and how many runs of each
 * @param requester who asks, as declared
 * @param orchestrator see {@link dev.drillmaster.drill.DrillRequest#orchestrator}
 * @param maxWait how long each run waits to be admitted, see {@link
 *     dev.drillmaster.drill.DrillRequest#maxWait}
 */
public record CampaignRequest(
    List<Part> parts, String requester, String orchestrator, Duration maxWait) {

  /**
   * What the JSON lacks becomes empty, and is refused by {@link CampaignRules} if it must not be.
   */
  public CampaignRequest(
      @Nullable List<Part> parts,
      @Nullable String requester,
      @Nullable String orchestrator,
      @Nullable Duration maxWait) {
    this.parts = parts == null ? List.of() : List.copyOf(parts);
    this.requester = requester == null ? "" : requester;
    this.orchestrator = orchestrator == null ? "" : orchestrator;
    this.maxWait = maxWait == null ? Duration.ZERO : maxWait;
  }

  /**
   * Runs of one plan.
   *
   * @param plan what each of them does
   * @param runs how many; 1 if absent
   */
  public record Part(DrillPlan plan, Integer runs) {

    public Part(@Nullable DrillPlan plan, @Nullable Integer runs) {
      this.plan = plan == null ? DrillPlan.EMPTY : plan;
      this.runs = runs == null ? 1 : runs;
    }
  }

  /** How many runs are wanted in all. */
  public int runs() {
    return parts.stream().mapToInt(Part::runs).sum();
  }

  /** The same without the plans themselves. */
  public List<Wanted> wanted() {
    return parts.stream().map(part -> new Wanted(part.plan().name(), part.runs())).toList();
  }
}
