package dev.drillmaster.drill;

import java.util.UUID;

/**
 * A host is asked to do one step.
 *
 * @param runId the run
 * @param path the step's place in the plan
 * @param step what to do
 * @param system the system that it is done to
 * @param roles who was what when the run began
 */
public record StepRequest(UUID runId, String path, Step step, String system, Roles roles) {}
