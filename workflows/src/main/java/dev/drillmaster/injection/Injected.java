package dev.drillmaster.injection;

import java.time.Instant;

/**
 * A fault that is in force.
 *
 * @param at when its effect was observed, on the host's clock
 * @param inspection what was observed
 */
public record Injected(Instant at, Inspection inspection) {}
