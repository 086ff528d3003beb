package dev.drillmaster.injection;

import dev.drillmaster.audit.NamedId;
import dev.drillmaster.fault.Fault;
import java.time.Duration;
import java.util.UUID;

/**
 * One fault on one target, as the host is asked for it and as its journal keeps it.
 *
 * @param id the injection's identity, used once and never again
 * @param runId the run that it belongs to: its original execution, which survives a Workflow Reset
 * @param path the place in the plan, such as {@code 2}
 * @param fault what is done
 * @param target the name of the target on its host
 * @param host the host whose agent acts
 * @param lease how long the fault lives without renewal
 * @param longest the latest end, counted from injection; no renewal goes past it
 */
public record InjectionSpec(
    UUID id,
    UUID runId,
    String path,
    Fault fault,
    String target,
    String host,
    Duration lease,
    Duration longest) {

  /**
   * The identity of an injection: the run's original execution, the place in the plan, the target,
   * the occurrence.
   */
  public static UUID idOf(UUID runId, String path, String target, int occurrence) {
    return NamedId.of(runId, "injection/" + path + "/" + target + "/" + occurrence);
  }

  /** The longest that the fault can outlive everything of ours: lease, heal time and one second. */
  public Duration bound() {
    return fault.bound(lease);
  }
}
