package dev.drillmaster.reaper;

import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.verdict.Outcome;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The world as {@link Reaping} reaches it: directly in a program that finds what an earlier one
 * left behind, through activities in a workflow.
 */
public interface Hands {

  /**
   * Heals and observes.
   *
   * @throws RuntimeException if the effect is still seen or nobody could look
   */
  HealReport heal(InjectionSpec injection);

  /** What the host saw when it injected; null if it did not, or knows no more. */
  @Nullable Injected injected(InjectionSpec injection);

  /** Puts right what a step left behind; one that fails says so in its report. */
  CompensationReport compensate(OpenRun run, OpenCompensation open);

  /** The report with which the run's books can be closed, from the ledger. */
  DrillReport report(UUID runId, Outcome outcome);

  /** Writes the ledger. */
  void write(AuditBatch batch);

  Instant now();

  /** What is done, for people who watch. */
  void tell(String line);
}
