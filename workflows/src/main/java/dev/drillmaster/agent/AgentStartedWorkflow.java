package dev.drillmaster.agent;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Registers an agent that has started, unless another one answers for its host. */
@WorkflowInterface
public interface AgentStartedWorkflow {

  @WorkflowMethod(name = "agentStarted")
  AgentRegistration run(AgentStart start);
}
