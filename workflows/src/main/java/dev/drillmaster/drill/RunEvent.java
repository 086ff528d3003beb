package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.audit.AuditEvent;
import dev.drillmaster.verdict.Finding;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can happen to a run, in the past tense. */
public sealed interface RunEvent extends AuditEvent {

  /** A run began; {@code campaign} is the one that it belongs to, null if to none. */
  @JsonTypeName("run-started")
  record RunStarted(
      String workflowId,
      DrillPlan plan,
      String requester,
      String orchestrator,
      Instant startedAt,
      Instant latestEnd,
      @Nullable String campaign)
      implements RunEvent {}

  /** A step is about to begin. */
  @JsonTypeName("step-started")
  record StepStarted(String path, String stepKind, String name, Duration limit)
      implements RunEvent {}

  /** A step is over; {@code result} is null if it gave none. */
  @JsonTypeName("step-ended")
  record StepEnded(String path, StepStatus status, String detail, @Nullable StepResult result)
      implements RunEvent {}

  /** What would put a step right is known; written before the step begins. */
  @JsonTypeName("compensation-registered")
  record CompensationRegistered(int position, String path, Compensation compensation)
      implements RunEvent {}

  /** A compensation was run, or is not needed any more because the run ended as it should. */
  @JsonTypeName("compensation-ended")
  record CompensationEnded(int position, CompensationReport report) implements RunEvent {}

  /** Something was found. */
  @JsonTypeName("finding-raised")
  record FindingRaised(String path, Finding finding) implements RunEvent {}

  /**
   * Somebody acted on the run from outside; {@code historyEvent} is the event of Temporal's history
   * that this was copied from, null if the run itself noted it.
   */
  @JsonTypeName("operator-commanded")
  record OperatorCommanded(String command, String name, String reason, @Nullable Long historyEvent)
      implements RunEvent {}

  /** A run is over. */
  @JsonTypeName("run-ended")
  record RunEnded(DrillReport report) implements RunEvent {}
}
