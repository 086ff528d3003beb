package dev.drillmaster.guard;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A run asks whether it may begin.
 *
 * @param runId the run: its original execution; asking again is no second permit
 * @param executionId the execution that asks; another one after a Workflow Reset
 * @param month the partition of the run's audit rows
 * @param workflowId the run's name
 * @param targets what it is going to act on, by name: a whole system ({@code lab}), or one target
 *     of it ({@code lab/db1}); a system overlaps with each of its targets
 * @param production whether these stand in production
 * @param maxDuration the longest that the plan may take, rollback not counted
 * @param lasting how long the permit counts if nobody gives it back: the longest that the run and
 *     its rollback may take
 * @param maxWait how long it waits to be admitted; zero if it does not
 */
public record AdmissionRequest(
    UUID runId,
    UUID executionId,
    LocalDate month,
    String workflowId,
    List<String> targets,
    boolean production,
    Duration maxDuration,
    Duration lasting,
    Duration maxWait) {

  public AdmissionRequest {
    targets = List.copyOf(targets);
  }
}
