package dev.drillmaster.plan;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.policy.HostPolicy;
import dev.drillmaster.target.TargetDefinition;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The shape of a policy's file: the fields of our record, with the names that there are. */
final class PolicyShape {

  private static final Shape HOST =
      new Shape.Looking(
          "a name of lower-case letters, digits and dashes, at most 63",
          Pattern.compile("[a-z0-9][a-z0-9-]{0,62}"));

  private static final Shape.Looking TARGET =
      new Shape.Looking(
          "a target's name has letters, digits, dots, dashes and underscores, at most 100",
          Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}"));

  /** All of it. */
  static final Shape.Fields FILE =
      new Shape.Fields(
          HostPolicy.class,
          Shapes.fields(
              HostPolicy.class,
              Map.of(
                  "host",
                  HOST,
                  "faults",
                  new Shape.Items(mechanism()),
                  "targets",
                  new Shape.Named(TARGET, Shapes.of(TargetDefinition.class)))));

  private PolicyShape() {}

  private static Shape mechanism() {
    Shape.Family faults = (Shape.Family) Shapes.of(Fault.class);
    return new Shape.Choice(List.copyOf(faults.kinds().get().keySet()));
  }
}
