package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillReport.StepLine;
import dev.drillmaster.drill.StepStatus;

/** How a step ended, for people. */
final class StepText {

  private StepText() {}

  /** At most seven letters; what needs attention stands out. */
  static String status(StepStatus status) {
    return switch (status) {
      case RUNNING -> "running";
      case MET -> "met";
      case NOT_MET -> "NOT MET";
      case ERROR -> "error";
      case STOPPED -> "stopped";
    };
  }

  /** The step's name and what it says about its end. */
  static String named(StepLine step) {
    return step.detail().isBlank() ? step.name() : step.name() + ": " + step.detail();
  }
}
