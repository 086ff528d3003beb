package dev.drillmaster.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A target that must never again accept writes as a primary. It is never continued and never
 * started as a primary, whoever heals; for it, healed means observed not writable.
 *
 * @param target the target's name on its host
 * @param by who fenced it
 * @param reason why
 * @param at when, on the host's clock; for people only, nothing compares it
 * @param runId the run that fenced it, or null if no run did
 */
public record Fence(String target, String by, String reason, Instant at, @Nullable UUID runId) {}
