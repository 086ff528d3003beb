package dev.drillmaster.drill;

import java.util.UUID;

/**
 * A host is asked to put right what a step left behind.
 *
 * @param runId the run
 * @param position the place in the run's rollback stack, from 1
 * @param path the step's place in the plan
 * @param compensation what to do
 * @param system the system that it is done to
 */
public record CompensationRequest(
    UUID runId, int position, String path, Compensation compensation, String system) {}
