package dev.drillmaster.injection;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a host saw when it was asked about an injection that comes later.
 *
 * @param injection the injection's id
 * @param agent which agent looked, see {@code AgentIdentity}: another one that has the same name
 *     does not inject
 * @param prepared what it saw; null if something is in the way
 * @param refusal what is in the way; null if nothing is
 */
public record Ready(
    UUID injection, String agent, @Nullable Prepared prepared, @Nullable String refusal) {}
