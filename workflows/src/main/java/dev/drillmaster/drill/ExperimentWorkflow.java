package dev.drillmaster.drill;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One run of a plan that is nothing but an experiment. It ends as a {@link DrillWorkflow} does, and
 * what it does is written in the same place; a type of its own, so that operators tell them apart.
 */
@WorkflowInterface
public interface ExperimentWorkflow {

  /** The name of its type. */
  String TYPE = "experiment";

  @WorkflowMethod(name = TYPE)
  DrillReport run(DrillRequest request);

  /** See {@link DrillWorkflow#emergencyStop()}. */
  @SignalMethod(
      name = "emergencyStop",
      description =
          "Heal every fault at once, roll back, and end the run. Takes no input. Safe at any time.")
  void emergencyStop();

  @QueryMethod(
      name = "status",
      description = "Where the run is, what is held, what was found so far.")
  DrillStatus status();
}
