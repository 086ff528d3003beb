package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stops the load process and compares its whole journal with the database once more. Met as for
 * reconcile.
 *
 * @param name what people call it
 * @param limit after this long the step has failed
 * @param verify the plan's own criteria
 */
@JsonTypeName("stop-load")
public record StopLoadStep(String name, Duration limit, List<Probe> verify) implements Step {
  public StopLoadStep(
      @Nullable String name, @Nullable Duration limit, @Nullable List<Probe> verify) {
    this.name = name == null ? "stop-load" : name;
    this.limit = limit == null ? Duration.ofSeconds(30) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
  }

  @Override
  public String does(Roles roles) {
    return "stop the load and compare everything once more";
  }
}
