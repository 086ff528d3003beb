package dev.drillmaster.drill;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;

/** What an operator can do to a run and ask of it, whatever the type of its workflow. */
public interface OperatedRun {

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
