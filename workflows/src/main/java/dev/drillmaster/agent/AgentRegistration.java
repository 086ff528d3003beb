package dev.drillmaster.agent;

import org.jspecify.annotations.Nullable;

/**
 * What became of an agent that wanted to be registered.
 *
 * @param other the agent that answers for this host already, so that this one must not act; null if
 *     it is registered
 */
public record AgentRegistration(@Nullable AgentIdentity other) {}
