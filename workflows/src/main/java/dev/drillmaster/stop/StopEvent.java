package dev.drillmaster.stop;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.audit.AuditEvent;
import java.time.Instant;
import java.util.List;

/** What people did to all runs at once, in the past tense. */
public sealed interface StopEvent extends AuditEvent {

  /** Somebody stopped everything; what hosts healed is told as far as it was known by then. */
  @JsonTypeName("all-stopped")
  record AllStopped(Instant stoppedAt, String reason, List<HostStopped> hosts)
      implements StopEvent {}

  /** Somebody allowed runs again. */
  @JsonTypeName("all-resumed")
  record AllResumed(String reason) implements StopEvent {}
}
