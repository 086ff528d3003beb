package dev.drillmaster.plan;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.policy.HostPolicy;
import dev.drillmaster.target.TargetDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The shape of a policy's file: the fields of our record, with the names that there are. */
final class PolicyShape {

  /** All of it. */
  static final Shape.Fields FILE = new Shape.Fields(HostPolicy.class, fields());

  private PolicyShape() {}

  private static Map<String, Shape.Field> fields() {
    Map<String, Shape.Field> fields = new LinkedHashMap<>();
    Shape.Looking host =
        new Shape.Looking(
            "a name of lower-case letters, digits and dashes, at most 63",
            Pattern.compile("[a-z0-9][a-z0-9-]{0,62}"));
    fields.put("host", new Shape.Field(host, true));
    Shape.Family mechanisms = (Shape.Family) Shapes.of(Fault.class);
    Shape.Choice fault = new Shape.Choice(List.copyOf(mechanisms.kinds().get().keySet()));
    fields.put("faults", new Shape.Field(new Shape.Items(fault), false));
    Shape.Looking target =
        new Shape.Looking(
            "a target's name has letters, digits, dots, dashes and underscores, at most 100",
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}"));
    fields.put(
        "targets",
        new Shape.Field(new Shape.Named(target, Shapes.of(TargetDefinition.class)), false));
    Shapes.fields(HostPolicy.class).forEach(fields::putIfAbsent);
    return fields;
  }
}
