package dev.drillmaster.guard;

import java.time.Duration;

/**
 * The limits that hold for all runs together.
 *
 * @param maxConcurrentRuns how many runs may have a permit at the same time
 * @param maxDuration the longest that a plan may take, rollback not counted
 * @param productionAllowed whether plans for production may run
 */
public record SystemLimits(
    int maxConcurrentRuns, Duration maxDuration, boolean productionAllowed) {}
