package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets the primary acknowledge only what its standby has on disk, until the run is over. Met when
 * the primary says that the standby is synchronous.
 *
 * @param name what people call it
 * @param limit after this long the step has failed
 * @param verify the plan's own criteria
 */
@JsonTypeName("synchronous-replication")
public record SynchronousReplicationStep(String name, Duration limit, List<Probe> verify)
    implements Step {
  public SynchronousReplicationStep(
      @Nullable String name, @Nullable Duration limit, @Nullable List<Probe> verify) {
    this.name = name == null ? "synchronous-replication" : name;
    this.limit = limit == null ? Duration.ofSeconds(20) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
  }

  @Override
  public Optional<Compensation> compensation() {
    return Optional.of(new AsynchronousReplicationCompensation());
  }

  @Override
  public String does(Roles roles) {
    return "let " + roles.primary() + " acknowledge only what " + roles.standby() + " has on disk";
  }
}
