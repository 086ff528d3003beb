package dev.drillmaster.plan;

/**
 * One thing that is wrong with the text of a plan.
 *
 * @param place where it is wrong
 * @param path the same in the plan, counted from 1, such as {@code steps[3].fault.mode}; empty for
 *     the whole
 * @param what what is wrong and what would be right
 */
record PlanProblem(Place place, String path, String what) {

  /** The line that tells it, in the form that editors and compilers share. */
  String line(String source) {
    return source + ":" + place + ": " + (path.isEmpty() ? "" : path + ": ") + what;
  }
}
