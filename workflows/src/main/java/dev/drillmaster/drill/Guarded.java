package dev.drillmaster.drill;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * The run that a guardian stands by.
 *
 * @param runId the run: its original execution
 * @param executionId its present execution; another one after a Workflow Reset
 * @param workflowId its name
 * @param month the partition of its audit rows
 * @param hosts those that may hold a fault of it
 * @param deadline the guardian acts after this without being called
 */
public record Guarded(
    UUID runId,
    UUID executionId,
    String workflowId,
    LocalDate month,
    List<String> hosts,
    Duration deadline) {
  public Guarded {
    hosts = List.copyOf(hosts);
  }
}
