package dev.drillmaster.guard;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.audit.AuditEvent;
import java.time.Instant;
import java.util.List;

/** What a guard decided, and what it decides by, in the past tense. */
public sealed interface GuardEvent extends AuditEvent {

  /** A run began to wait to be admitted; {@code why} is what stood in the way. */
  @JsonTypeName("permit-awaited")
  record PermitAwaited(
      String workflowId, List<String> targets, Instant askedAt, Instant waitsUntil, Refusal why)
      implements GuardEvent {}

  /** A run was admitted. */
  @JsonTypeName("permit-granted")
  record PermitGranted(String workflowId, List<String> targets, Instant askedAt, Instant latestEnd)
      implements GuardEvent {}

  /** A run was not admitted, so that it does nothing. */
  @JsonTypeName("permit-refused")
  record PermitRefused(String workflowId, List<String> targets, Instant askedAt, Refusal why)
      implements GuardEvent {}

  /** Somebody changed the limits that hold for all runs. */
  @JsonTypeName("limits-changed")
  record LimitsChanged(SystemLimits limits, String reason) implements GuardEvent {}
}
