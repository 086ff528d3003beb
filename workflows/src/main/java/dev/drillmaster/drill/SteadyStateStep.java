package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the system is as it should be before anything is done to it. Met when every probe of
 * {@code verify} is tolerated and the standby streams from the primary.
 *
 * @param name what people call it
 * @param limit after this long the step has failed
 * @param verify the plan's own criteria
 */
@JsonTypeName("steady-state")
public record SteadyStateStep(String name, Duration limit, List<Probe> verify) implements Step {
  public SteadyStateStep(
      @Nullable String name, @Nullable Duration limit, @Nullable List<Probe> verify) {
    this.name = name == null ? "steady-state" : name;
    this.limit = limit == null ? Duration.ofSeconds(30) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
  }

  @Override
  public boolean changesTheSystem() {
    return false;
  }

  @Override
  public String does(Roles roles) {
    return "wait until the system is in its steady state";
  }
}
