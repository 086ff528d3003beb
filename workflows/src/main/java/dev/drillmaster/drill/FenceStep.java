package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a node can never again accept writes as a primary, durably on its own side,
 * before another is promoted. Met when the node is observed not writable.
 *
 * @param name what people call it
 * @param limit after this long the step has failed
 * @param verify the plan's own criteria
 * @param node role or name; the old primary if absent
 */
@JsonTypeName("fence")
public record FenceStep(String name, Duration limit, List<Probe> verify, String node)
    implements Step {
  public FenceStep(
      @Nullable String name,
      @Nullable Duration limit,
      @Nullable List<Probe> verify,
      @Nullable String node) {
    this.name = name == null ? "fence" : name;
    this.limit = limit == null ? Duration.ofSeconds(10) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
    this.node = node == null ? "primary" : node;
  }

  @Override
  public Optional<Compensation> compensation() {
    return Optional.of(new SettleCompensation());
  }

  @Override
  public String does(Roles roles) {
    return "fence " + roles.node(node) + ": end its processes, and let it start as a standby only";
  }
}
