package dev.drillmaster.drill;

/**
 * A step did not reach what it must, so that the rest of the plan makes no sense. The findings say
 * why.
 */
final class StepFailed extends RuntimeException {

  StepFailed(String path, String why) {
    super("step " + path + ": " + why);
  }
}
