package dev.drillmaster.plan;

import dev.drillmaster.drill.PlanRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was found to be wrong with one plan or policy, so far. */
final class Problems {

  private final String kind;
  private final List<PlanProblem> found = new ArrayList<>();
  private boolean whole = true;

  /** None so far, with what is called so, such as a plan. */
  Problems(String kind) {
    this.kind = kind;
  }

  /** What the text is, in a word for people. */
  String kind() {
    return kind;
  }

  void add(Place place, String path, String what) {
    found.add(new PlanProblem(place, path, what));
  }

  /** More was left out than single values: what is left says little about the plan. */
  void notWhole() {
    whole = false;
  }

  /** Whether no more than single values had to be left out. */
  boolean whole() {
    return whole;
  }

  /**
   * Whether a rule spoke about what the text says. Not if it asked a default because what stands
   * there is wrong, or may be meant by a field that nobody knows: see {@link PlanRules#problems}
   * for what a rule looks at.
   */
  boolean isSound(PlanRules.Problem rule) {
    String record = record(rule.path());
    return found.stream()
        .noneMatch(
            problem ->
                problem.path().equals(rule.path())
                    || (!record.isEmpty() && (record + ".").startsWith(within(problem.path()))));
  }

  private static String record(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  private static String within(String path) {
    return record(path).isEmpty() ? "" : record(path) + ".";
  }

  /** All of it, in the order of the text. */
  List<PlanProblem> inOrder() {
    return found.stream().sorted(Comparator.comparing(PlanProblem::place)).toList();
  }
}
