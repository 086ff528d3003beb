package dev.drillmaster.agent;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Asks all registered agents how they are. */
@WorkflowInterface
public interface LookAtAgentsWorkflow {

  @WorkflowMethod(name = "lookAtAgents")
  RegisteredAgents run();
}
