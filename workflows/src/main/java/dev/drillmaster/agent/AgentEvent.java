package dev.drillmaster.agent;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.audit.AuditEvent;

/** What can happen to an agent, in the past tense. */
public sealed interface AgentEvent extends AuditEvent {

  /** How the agent was then. */
  AgentLook look();

  /** An agent started, after it had healed what its journal held open. */
  @JsonTypeName("agent-started")
  record AgentStarted(AgentLook look) implements AgentEvent {}

  /** An agent was asked and answered. */
  @JsonTypeName("agent-seen")
  record AgentSeen(AgentLook look) implements AgentEvent {}
}
