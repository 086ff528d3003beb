package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.InjectStep;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.drill.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps of a plan by their place, such as {@code 3.1}. */
final class PlanSteps {

  private final Roles roles;
  private final Map<String, Step> steps = new HashMap<>();

  PlanSteps(DrillPlan plan, Roles roles) {
    this.roles = roles;
    add(plan.steps(), "");
  }

  private void add(List<Step> some, String prefix) {
    for (int index = 0; index < some.size(); index++) {
      String path = prefix + (index + 1);
      steps.put(path, some.get(index));
      add(some.get(index).during(), path + ".");
    }
  }

  /** A place and all places around it, the outermost first; none for the empty place. */
  static List<String> lineage(String path) {
    List<String> lineage = new ArrayList<>();
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      lineage.add(path.substring(0, dot));
    }
    if (!path.isEmpty()) {
      lineage.add(path);
    }
    return lineage;
  }

  /** The steps that hold a fault at a place, the outermost first. */
  List<String> injecting(String path) {
    return lineage(path).stream().filter(place -> steps.get(place) instanceof InjectStep).toList();
  }

  /** What the step does, as the plan says it. */
  String does(String path) {
    Step step = steps.get(path);
    return step == null ? "step " + path : PlanText.step(step, roles);
  }

  /** What the step does, as the run says it. */
  String does(String path, String inTheRunsWords) {
    Step step = steps.get(path);
    return step == null ? inTheRunsWords : PlanText.named(step, inTheRunsWords);
  }
}
