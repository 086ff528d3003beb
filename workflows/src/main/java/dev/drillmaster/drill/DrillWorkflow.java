package dev.drillmaster.drill;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One run of a drill. PASSED completes, and so does what ends exactly as its plan expects, and what
 * a guard refused for now (global stop, concurrency); everything else fails the run, after all is
 * healed, with one of {@link dev.drillmaster.verdict.FailureKind} and the report in the failure's
 * details.
 */
@WorkflowInterface
public interface DrillWorkflow extends OperatedRun {

  /** The queue of drills. Stable: schedules and other workers use it. */
  String QUEUE = "drillmaster";

  /** The name of its type. */
  String TYPE = "drill";

  @WorkflowMethod(name = TYPE)
  DrillReport run(DrillRequest request);
}
