package dev.drillmaster.drill;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One run of a drill. PASSED completes, and so does what ends exactly as its plan expects, and what
 * a guard refused for now (global stop, concurrency); everything else fails the run, after all is
 * healed, with one of {@link dev.drillmaster.verdict.FailureKind} and the report in the failure's
 * details.
 */
@WorkflowInterface
public interface DrillWorkflow {

  /** The queue of drills. Stable: schedules and other workers use it. */
  String QUEUE = "drillmaster";

  /** The name of its type. */
  String TYPE = "drill";

  @WorkflowMethod(name = TYPE)
  DrillReport run(DrillRequest request);

  /** Without arguments on purpose: a signal whose payload does not parse is dropped silently. */
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
