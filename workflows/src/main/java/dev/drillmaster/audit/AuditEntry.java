package dev.drillmaster.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * One audit event with who, when and where.
 *
 * @param id computed from the execution and a counter, so that a retried write is the same row
 * @param runId the run: its original execution
 * @param executionId the current execution; another one after a Workflow Reset
 * @param month the partition: first day of the UTC month in which the run began
 * @param occurredAt when it happened, to the millisecond
 * @param actor who did it
 * @param assurance how sure that is
 * @param event what happened
 */
public record AuditEntry(
    UUID id,
    UUID runId,
    UUID executionId,
    LocalDate month,
    Instant occurredAt,
    String actor,
    Assurance assurance,
    AuditEvent event) {}
