package dev.drillmaster.drill;

/**
 * Somebody asks for a run of a plan.
 *
 * @param plan what to do
 * @param requester who asks, as declared
 * @param orchestrator which Temporal runs it, so that the heal command knows whether anybody still
 *     looks after the run: {@code embedded PID:START} for the in-process server, else the address
 */
public record DrillRequest(DrillPlan plan, String requester, String orchestrator) {}
