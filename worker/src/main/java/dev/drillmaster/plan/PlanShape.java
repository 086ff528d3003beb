package dev.drillmaster.plan;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.PlanRules;
import dev.drillmaster.wire.Wire;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The shape of a plan's file: the plan's own fields, and the variables that a file may have. */
final class PlanShape {

  /** All of it. */
  static final Shape.Fields FILE = new Shape.Fields(DrillPlan.class, fields());

  private PlanShape() {}

  private static Map<String, Shape.Field> fields() {
    Map<String, Shape.Field> fields = new LinkedHashMap<>();
    Set<String> needed = needed();
    Shapes.fields(DrillPlan.class)
        .forEach(
            (name, field) ->
                fields.put(
                    name,
                    new Shape.Field(field.shape(), field.required() || needed.contains(name))));
    fields.put(Variables.FIELD, new Shape.Field(Variables.SHAPE, false));
    return fields;
  }

  /** What the rules miss in a plan that says nothing: its JSON may lack that, its file may not. */
  private static Set<String> needed() {
    DrillPlan nothing = Wire.json().convertValue(Map.of(), DrillPlan.class);
    return PlanRules.problems(nothing).stream()
        .map(PlanRules.Problem::path)
        .collect(Collectors.toSet());
  }
}
