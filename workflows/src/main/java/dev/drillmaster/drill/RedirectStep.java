package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Points the traffic at a node. Met when the route answers with that upstream.
 *
 * @param name what people call it
 * @param limit after this long the step has failed
 * @param verify the plan's own criteria
 * @param node role or name; the promoted node if absent
 */
@JsonTypeName("redirect")
public record RedirectStep(String name, Duration limit, List<Probe> verify, String node)
    implements Step {
  public RedirectStep(
      @Nullable String name,
      @Nullable Duration limit,
      @Nullable List<Probe> verify,
      @Nullable String node) {
    this.name = name == null ? "redirect" : name;
    this.limit = limit == null ? Duration.ofSeconds(10) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
    this.node = node == null ? "standby" : node;
  }

  @Override
  public Optional<Compensation> compensation() {
    return Optional.of(new SettleCompensation());
  }

  @Override
  public String does(Roles roles) {
    return "redirect the traffic to " + roles.node(node);
  }
}
