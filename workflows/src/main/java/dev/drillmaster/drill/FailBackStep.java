package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives the roles back as they were before the run: writes stop, the standby receives everything,
 * then it is promoted. Met when both nodes have their first roles again and the standby streams.
 *
 * @param name what people call it
 * @param limit after this long the step has failed
 * @param verify the plan's own criteria
 */
@JsonTypeName("fail-back")
public record FailBackStep(String name, Duration limit, List<Probe> verify) implements Step {
  public FailBackStep(
      @Nullable String name, @Nullable Duration limit, @Nullable List<Probe> verify) {
    this.name = name == null ? "fail-back" : name;
    this.limit = limit == null ? Duration.ofMinutes(1) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
  }

  @Override
  public Optional<Compensation> compensation() {
    return Optional.of(new SettleCompensation());
  }

  @Override
  public String does(Roles roles) {
    return "fail back: " + roles.primary() + " takes over again";
  }
}
