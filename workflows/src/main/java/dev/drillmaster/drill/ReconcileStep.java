package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was acknowledged with what the new primary has, row by row, and measures RTO and
 * RPO. Met when no row is unexpected and none is there twice; the loss is judged by the objectives.
 *
 * @param name what people call it
 * @param limit after this long the step has failed
 * @param verify the plan's own criteria
 */
@JsonTypeName("reconcile")
public record ReconcileStep(String name, Duration limit, List<Probe> verify) implements Step {
  public ReconcileStep(
      @Nullable String name, @Nullable Duration limit, @Nullable List<Probe> verify) {
    this.name = name == null ? "reconcile" : name;
    this.limit = limit == null ? Duration.ofSeconds(30) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
  }

  @Override
  public String does(Roles roles) {
    return "compare every acknowledged transaction with the database";
  }
}
