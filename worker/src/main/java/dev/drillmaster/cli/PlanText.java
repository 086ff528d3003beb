package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.Objectives;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.drill.Step;
import dev.drillmaster.steadystate.Probe;
import dev.drillmaster.wire.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan for people: what it will do to which target, and how long a fault can outlive everything
 * of ours. The same text for a plan that is read and for a run that begins.
 */
final class PlanText {

  /** Nodes by their roles, for a plan that is read and not run. */
  static final Roles ROLES = new Roles("the primary", "the standby");

  private final Roles roles;
  private final List<String> lines = new ArrayList<>();

  private PlanText(Roles roles) {
    this.roles = roles;
  }

  /**
   * The text, without a line end after its last line.
   *
   * @param roles the nodes' names if they are known, else {@link #ROLES}
   */
  static String of(DrillPlan plan, Roles roles) {
    PlanText text = new PlanText(roles);
    text.head(plan);
    text.steps(plan.steps(), "", "  ");
    text.lines.add("");
    text.lines.add(bound(plan));
    return String.join("\n", text.lines);
  }

  /** The longest that any fault of the plan can outlive everything of ours; zero without faults. */
  static Duration longestBound(DrillPlan plan) {
    return longestBound(plan.steps());
  }

  private static Duration longestBound(List<Step> steps) {
    Duration longest = Duration.ZERO;
    for (Step step : steps) {
      if (step instanceof InjectStep inject) {
        longest = longer(longest, inject.fault().bound(inject.lease()));
      }
      longest = longer(longest, longestBound(step.during()));
    }
    return longest;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** What a step does, after the name that the plan gives it, if it gives one. */
  static String step(Step step, Roles roles) {
    return named(step, step.does(roles));
  }

  /** What a step does in the words of the run, after the name that the plan gives it. */
  static String named(Step step, String does) {
    return step.name().equals(step.kind()) ? does : step.name() + ": " + does;
  }

  private static String bound(DrillPlan plan) {
    Duration longest = longestBound(plan);
    return longest.isZero()
        ? "The plan injects no fault."
        : "In any case every fault is over at most "
            + DurationText.format(longest)
            + " after all of Drillmaster has died.";
  }

  private void head(DrillPlan plan) {
    lines.addAll(PlainText.wrapped("", plan.name()));
    if (!plan.title().equals(plan.name())) {
      lines.addAll(PlainText.wrapped("", plan.title()));
    }
    lines.add("");
    if (!plan.hypothesis().isBlank()) {
      lines.addAll(PlainText.wrapped("", plan.hypothesis()));
      lines.add("");
    }
    lines.addAll(
        PlainText.wrapped(
            "",
            "system "
                + plan.system()
                + ", environment "
                + plan.environment()
                + ", at most "
                + DurationText.format(plan.maxDuration())
                + objectives(plan.objectives())));
    lines.add("");
  }

  private static String objectives(Objectives objectives) {
    Duration rto = objectives.rto();
    Duration rpo = objectives.rpo();
    String loss = "";
    if (rpo != null) {
      loss = rpo.isZero() ? ", RPO: nothing may be lost" : ", RPO " + DurationText.format(rpo);
    }
    return (rto == null ? "" : ", RTO " + DurationText.format(rto)) + loss;
  }

  private void steps(List<Step> steps, String prefix, String indent) {
    for (int index = 0; index < steps.size(); index++) {
      step(prefix + (index + 1), steps.get(index), indent);
    }
  }

  private void step(String path, Step step, String indent) {
    String label = indent + path + "  ";
    String below = " ".repeat(label.length());
    String limit = "(at most " + DurationText.format(step.limit()) + ")";
    lines.addAll(
        PlainText.wrapped(label, step(step, roles) + " " + limit.replace(' ', PlainText.TIE)));
    if (!step.verify().isEmpty()) {
      String asked = step.verify().stream().map(Probe::name).collect(Collectors.joining(", "));
      lines.addAll(PlainText.wrapped(below + "asks: ", asked));
    }
    if (step instanceof InjectStep inject) {
      lines.addAll(PlainText.wrapped(below, outlives(inject)));
    }
    steps(step.during(), path + ".", indent + "  ");
  }

  private static String outlives(InjectStep inject) {
    return "outlives everything by at most "
        + DurationText.format(inject.fault().bound(inject.lease()))
        + " (lease "
        + DurationText.format(inject.lease())
        + " + healing "
        + DurationText.format(inject.fault().healTime())
        + " + 1s)";
  }
}
