package dev.drillmaster.reaper;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.injection.InjectionSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A run whose books are open: all that is needed to heal it, roll it back and close its books
 * without its workflow history.
 *
 * @param runId the run
 * @param executionId the Temporal execution that wrote last that the run had begun
 * @param workflowId the run's name
 * @param month the partition of its audit rows
 * @param startedAt when it began
 * @param plan what it was to do
 * @param orchestrator which Temporal server looks after it, see {@link
 *     dev.drillmaster.drill.DrillRequest#orchestrator}; empty if the run is older than its keeping
 * @param openInjections faults whose absence was not observed, in the order of their intents
 * @param openCompensations in the order in which to run them: the last registered one first
 * @param runningSteps paths of the steps that began and did not end, in the order of the plan
 */
public record OpenRun(
    UUID runId,
    UUID executionId,
    String workflowId,
    LocalDate month,
    Instant startedAt,
    DrillPlan plan,
    String orchestrator,
    List<InjectionSpec> openInjections,
    List<OpenCompensation> openCompensations,
    List<String> runningSteps) {

  public OpenRun {
    openInjections = List.copyOf(openInjections);
    openCompensations = List.copyOf(openCompensations);
    runningSteps = List.copyOf(runningSteps);
  }
}
