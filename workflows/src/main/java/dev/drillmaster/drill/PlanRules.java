package dev.drillmaster.drill;

import dev.drillmaster.verdict.FailureKind;
import dev.drillmaster.verdict.Verdict;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What makes a plan one that may run. Asked by the command line and once more by the workflow,
 * which can be started without us.
 */
public final class PlanRules {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Duration LONGEST_RUN = Duration.ofHours(1);
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  private PlanRules() {}

  /**
   * All that is wrong with a plan, each in a sentence that says what would be right; empty if
   * nothing is.
   */
  public static List<String> problems(DrillPlan plan) {
    List<String> missing = MissingParts.of(plan);
    if (!missing.isEmpty()) {
      return missing.stream().map(place -> place + ": is missing").toList();
    }
    List<String> problems = new ArrayList<>();
    if (!NAME.matcher(plan.name()).matches()) {
      problems.add(
          "name \"" + plan.name() + "\": use lower-case letters, digits and dashes, at most 63");
    }
    if (!NAME.matcher(plan.system()).matches()) {
      problems.add(
          "system \"" + plan.system() + "\": name the system that the drill is for, such as lab");
    }
    if (plan.steps().isEmpty()) {
      problems.add("steps: a plan needs at least one");
    }
    if (plan.maxDuration().isZero() || plan.maxDuration().compareTo(LONGEST_RUN) > 0) {
      problems.add("maxDuration: must be more than 0 and at most 1h");
    }
    steps(plan.steps(), "", plan.maxDuration(), problems);
    List<Placed> inOrder = new ArrayList<>();
    place(plan.steps(), "", inOrder);
    measured(inOrder, problems);
    if (plan.expect() != null) {
      expect(plan.expect(), problems);
    }
    return problems;
  }

  private static void expect(Expect expect, List<String> problems) {
    boolean passes = expect.verdict() == Verdict.PASSED;
    if (passes && !expect.findings().isEmpty()) {
      problems.add(
          "expect: a run with findings does not pass; leave out findings or change verdict");
    } else if (!passes && expect.findings().isEmpty()) {
      problems.add(
          "expect: name the findings that make the verdict "
              + expect.verdict()
              + ", such as findings: [rto-missed]");
    }
    for (String code : expect.findings()) {
      if (!NAME.matcher(code).matches()) {
        problems.add(
            "expect: \"" + code + "\" is no code of a finding; a code is such as rto-missed");
      }
    }
  }

  private static void steps(
      List<Step> steps, String prefix, Duration maxDuration, List<String> problems) {
    for (int index = 0; index < steps.size(); index++) {
      Step step = steps.get(index);
      String path = prefix + (index + 1);
      if (step.limit().isZero() || step.limit().compareTo(maxDuration) > 0) {
        problems.add(
            "step "
                + path
                + " ("
                + step.kind()
                + "): limit must be more than 0 and at most maxDuration");
      }
      if (step instanceof InjectStep inject) {
        if (inject.lease().compareTo(SHORTEST_LEASE) < 0
            || inject.lease().compareTo(inject.limit()) > 0) {
          problems.add(
              "step " + path + " (inject): lease must be at least 1s and at most the step's limit");
        }
        if (!inject.verify().isEmpty()) {
          problems.add(
              "step "
                  + path
                  + " (inject): verify is not asked of an inject step; give it to a step inside"
                  + " during, such as steady-state");
        }
        steps(inject.during(), path + ".", maxDuration, problems);
      }
    }
  }

  private record Placed(String path, Step step) {}

  private static void place(List<Step> steps, String prefix, List<Placed> inOrder) {
    for (int index = 0; index < steps.size(); index++) {
      String path = prefix + (index + 1);
      inOrder.add(new Placed(path, steps.get(index)));
      if (steps.get(index) instanceof InjectStep inject) {
        place(inject.during(), path + ".", inOrder);
      }
    }
  }

  /** Only a plan that has a load is asked: one without objectives may do without. */
  private static void measured(List<Placed> inOrder, List<String> problems) {
    int load = 0;
    while (load < inOrder.size() && !(inOrder.get(load).step() instanceof StartLoadStep)) {
      load++;
    }
    if (load == inOrder.size()) {
      return;
    }
    for (Placed before : inOrder.subList(0, load)) {
      String place = "step " + before.path() + " (" + before.step().kind() + "): ";
      String where = "put it after start-load, which is step " + inOrder.get(load).path();
      if (before.step() instanceof InjectStep) {
        problems.add(place + "no load runs yet, so that nothing is measured; " + where);
      } else if (before.step() instanceof ReconcileStep || before.step() instanceof StopLoadStep) {
        problems.add(place + "no load runs yet, so that there is nothing to compare; " + where);
      }
    }
  }

  /** Fails the workflow for good if the plan may not run. */
  static void require(DrillPlan plan) {
    List<String> problems = problems(plan);
    if (!problems.isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the plan may not run: " + String.join("; ", problems), FailureKind.REFUSED);
    }
  }
}
