package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings the old primary back as a standby, from a fresh base copy. Met when it streams on the
 * timeline of the new primary.
 *
 * @param name what people call it
 * @param limit after this long the step has failed
 * @param verify the plan's own criteria
 * @param node role or name; the old primary if absent
 */
@JsonTypeName("rejoin")
public record RejoinStep(String name, Duration limit, List<Probe> verify, String node)
    implements Step {
  public RejoinStep(
      @Nullable String name,
      @Nullable Duration limit,
      @Nullable List<Probe> verify,
      @Nullable String node) {
    this.name = name == null ? "rejoin" : name;
    this.limit = limit == null ? Duration.ofMinutes(1) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
    this.node = node == null ? "primary" : node;
  }

  @Override
  public Optional<Compensation> compensation() {
    return Optional.of(new SettleCompensation());
  }

  @Override
  public String does(Roles roles) {
    return "bring " + roles.node(node) + " back as a standby";
  }
}
