package dev.drillmaster.reaper;

import java.time.Instant;

/**
 * Something that was done to a run from outside, as Temporal's history has it.
 *
 * @param eventId the event's place in the history
 * @param at when the server took it
 * @param command the name of the signal or update, or {@code cancel}, {@code terminate}, {@code
 *     reset}
 * @param identity what the client called itself
 * @param principal who it was, derived by the server from credentials; empty if it does not do that
 * @param reason as given; empty if none was
 */
public record OperatorCommand(
    long eventId, Instant at, String command, String identity, String principal, String reason) {}
