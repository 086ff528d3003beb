package dev.drillmaster.drill;

import dev.drillmaster.verdict.FailureKind;
import dev.drillmaster.verdict.Verdict;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What makes a plan one that may run. Asked by the command line and once more by the workflow,
 * which can be started without us.
 */
public final class PlanRules {

  /**
   * One thing that is wrong with a plan.
   *
   * @param path its place, counted from 1, such as {@code steps[3].lease}
   * @param subject the same for people who do not look at a file, such as {@code step 3 (inject)}
   * @param what what is wrong or what would be right
   */
  public record Problem(String path, String subject, String what) {

    /** All of it for people who do not look at a file. */
    public String sentence() {
      return subject + ": " + what;
    }
  }

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Duration LONGEST_RUN = Duration.ofHours(1);
  private static final String LAB = "lab";
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  /** More than this one load process does not send on time. */
  private static final int HIGHEST_RATE = 5000;

  private PlanRules() {}

  /**
   * All that is wrong with a plan, each with what would be right; empty if nothing is. A rule at
   * the top of a plan looks at its own field only; a rule of a step looks at that step's fields, at
   * those of what encloses it and at the kinds of all steps.
   */
  public static List<Problem> problems(DrillPlan plan) {
    List<String> missing = MissingParts.of(plan);
    if (!missing.isEmpty()) {
      return missing.stream().map(place -> new Problem(place, place, "is missing")).toList();
    }
    List<Problem> problems = new ArrayList<>();
    head(plan, problems);
    List<Placed> inOrder = new ArrayList<>();
    place(plan.steps(), "steps", "", inOrder);
    inOrder.forEach(placed -> step(placed, plan.maxDuration(), problems));
    fenced(plan, inOrder, problems);
    measured(inOrder, problems);
    if (plan.expect() != null) {
      expect(plan.expect(), problems);
    }
    return problems;
  }

  private static void expect(Expect expect, List<Problem> problems) {
    boolean passes = expect.verdict() == Verdict.PASSED;
    if (passes && !expect.findings().isEmpty()) {
      problems.add(
          expected("a run with findings does not pass; leave out findings or change verdict"));
    } else if (!passes && expect.findings().isEmpty()) {
      problems.add(
          expected(
              "name the findings that make the verdict "
                  + expect.verdict()
                  + ", such as findings: [rto-missed]"));
    }
    for (String code : expect.findings()) {
      if (!NAME.matcher(code).matches()) {
        problems.add(
            expected("\"" + code + "\" is no code of a finding; a code is such as rto-missed"));
      }
    }
  }

  private static Problem expected(String what) {
    return new Problem("expect", "expect", what);
  }

  private static void head(DrillPlan plan, List<Problem> problems) {
    if (!NAME.matcher(plan.name()).matches()) {
      problems.add(
          new Problem(
              "name",
              "name \"" + plan.name() + "\"",
              "use lower-case letters, digits and dashes, at most 63"));
    }
    if (!NAME.matcher(plan.system()).matches()) {
      problems.add(
          new Problem(
              "system",
              "system \"" + plan.system() + "\"",
              "name the system that the drill is for, such as lab"));
    }
    if (plan.steps().isEmpty()) {
      problems.add(new Problem("steps", "steps", "a plan needs at least one"));
    }
    if (plan.maxDuration().isZero() || plan.maxDuration().compareTo(LONGEST_RUN) > 0) {
      problems.add(new Problem("maxDuration", "maxDuration", "must be more than 0 and at most 1h"));
    }
  }

  private static void step(Placed placed, Duration maxDuration, List<Problem> problems) {
    Step step = placed.step();
    if (step.limit().isZero() || step.limit().compareTo(maxDuration) > 0) {
      problems.add(placed.problem("limit", "limit must be more than 0 and at most maxDuration"));
    }
    if (step instanceof StartLoadStep load && (load.rate() < 1 || load.rate() > HIGHEST_RATE)) {
      problems.add(placed.problem("rate", "rate must be from 1 to " + HIGHEST_RATE));
    }
    if (step instanceof DetectStep detect && detect.failures() < 1) {
      problems.add(placed.problem("failures", "failures must be at least 1"));
    }
    if (step instanceof WatchStep watch) {
      watched(watch, placed, problems);
    }
    if (step instanceof AwaitStep && step.verify().isEmpty()) {
      problems.add(placed.problem("verify", "verify must name what is waited for"));
    }
    if (step instanceof ExperimentStep experiment) {
      new ExperimentRules(experiment, (field, what) -> problems.add(placed.problem(field, what)))
          .check();
      if (placed.number().contains(".")) {
        problems.add(placed.problem("step", "an experiment is no part of another step"));
      }
    }
    if (step instanceof InjectStep inject) {
      if (inject.lease().compareTo(SHORTEST_LEASE) < 0
          || inject.lease().compareTo(inject.limit()) > 0) {
        problems.add(
            placed.problem("lease", "lease must be at least 1s and at most the step's limit"));
      }
      if (inject.host() != null && !NAME.matcher(inject.host()).matches()) {
        problems.add(
            placed.problem(
                "host", "host must be lower-case letters, digits and dashes, at most 63"));
      }
      for (String problem : inject.fault().problems()) {
        problems.add(placed.problem("fault", inject.fault().mechanism() + ": " + problem));
      }
      if (!inject.verify().isEmpty()) {
        problems.add(
            placed.problem(
                "verify",
                "verify is not asked of an inject step; give it to a step inside during, such as"
                    + " steady-state"));
      }
    }
  }

  private static void watched(WatchStep watch, Placed placed, List<Problem> problems) {
    if (watch.probes().isEmpty()) {
      problems.add(placed.problem("probes", "probes must name at least one"));
    }
    if (watch.duration().isZero() || watch.duration().compareTo(watch.limit()) > 0) {
      problems.add(
          placed.problem("duration", "duration must be more than 0 and at most the step's limit"));
    }
    if (watch.interval().compareTo(WatchStep.SHORTEST_INTERVAL) < 0
        || watch.interval().compareTo(WatchStep.LONGEST_INTERVAL) > 0) {
      problems.add(placed.problem("interval", "interval must be from 10ms to 200ms"));
    }
    if (watch.failures() < 1) {
      problems.add(placed.problem("failures", "failures must be at least 1"));
    }
  }

  /** A step with its place in the plan, such as {@code steps[3].during[1]}, and its number, 3.1. */
  private record Placed(String path, String number, Step step) {

    /** Something that is wrong with a field of the step. */
    Problem problem(String field, String what) {
      return new Problem(path + "." + field, "step " + number + " (" + step.kind() + ")", what);
    }
  }

  private static void place(List<Step> steps, String path, String prefix, List<Placed> inOrder) {
    for (int index = 0; index < steps.size(); index++) {
      String here = path + "[" + (index + 1) + "]";
      String number = prefix + (index + 1);
      inOrder.add(new Placed(here, number, steps.get(index)));
      if (steps.get(index) instanceof ExperimentStep experiment) {
        parts(experiment, here, number, inOrder);
      } else {
        place(steps.get(index).during(), here + ".during", number + ".", inOrder);
      }
    }
  }

  /** What an experiment is made of stands in its own fields, and its faults in a list. */
  private static void parts(
      ExperimentStep experiment, String here, String number, List<Placed> inOrder) {
    int faults = 0;
    int part = 1;
    for (Step step : experiment.during()) {
      String place = step instanceof InjectStep ? here + ".faults[" + ++faults + "]" : here;
      inOrder.add(new Placed(place, number + "." + part++, step));
    }
  }

  private static void fenced(DrillPlan plan, List<Placed> inOrder, List<Problem> problems) {
    for (Placed placed : inOrder) {
      if (placed.step() instanceof PromoteStep promote
          && promote.fence() == Fencing.NONE
          && !plan.environment().equals(LAB)) {
        problems.add(
            placed.problem(
                "fence",
                "fence: none may make two primaries, which only a plan with environment: lab may"
                    + " do"));
      }
    }
  }

  /** Only a plan that has a load is asked: one without objectives may do without. */
  private static void measured(List<Placed> inOrder, List<Problem> problems) {
    int load = 0;
    while (load < inOrder.size() && !(inOrder.get(load).step() instanceof StartLoadStep)) {
      load++;
    }
    if (load == inOrder.size()) {
      return;
    }
    for (Placed before : inOrder.subList(0, load)) {
      String where = "put it after start-load, which is step " + inOrder.get(load).number();
      if (before.step() instanceof InjectStep) {
        problems.add(
            before.problem("step", "no load runs yet, so that nothing is measured; " + where));
      } else if (before.step() instanceof ReconcileStep || before.step() instanceof StopLoadStep) {
        problems.add(
            before.problem(
                "step", "no load runs yet, so that there is nothing to compare; " + where));
      }
    }
  }

  /** Fails the workflow for good if the plan may not run. */
  static void require(DrillPlan plan) {
    List<Problem> problems = problems(plan);
    if (!problems.isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure(
          problems.stream()
              .map(Problem::sentence)
              .collect(Collectors.joining("; ", "the plan may not run: ", "")),
          FailureKind.REFUSED);
    }
  }
}
