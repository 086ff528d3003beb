package dev.drillmaster.drill;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One run of a plan that is nothing but an experiment. It ends as a {@link DrillWorkflow} does, and
 * what it does is written in the same place; a type of its own, so that operators tell them apart.
 */
@WorkflowInterface
public interface ExperimentWorkflow extends OperatedRun {

  /** The name of its type. */
  String TYPE = "experiment";

  @WorkflowMethod(name = TYPE)
  DrillReport run(DrillRequest request);
}
