package dev.drillmaster.agent;

import org.jspecify.annotations.Nullable;

/**
 * How an agent is.
 *
 * @param identity which agent answered
 * @param openInjections how many injections its journal holds open
 * @param refusal why it injects nothing, or null if its journal can be used
 */
public record AgentLook(AgentIdentity identity, int openInjections, @Nullable String refusal) {}
