package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the standby the primary. Refused without a confirmed fence of the other node, unless the
 * plan says otherwise. Met when it is out of recovery and writable on a new timeline.
 *
 * @param name what people call it
 * @param limit after this long the step has failed
 * @param verify the plan's own criteria
 * @param node role or name; the standby if absent
 * @param fence whether the other node must be fenced; required if absent
 */
@JsonTypeName("promote")
public record PromoteStep(
    String name, Duration limit, List<Probe> verify, String node, Fencing fence) implements Step {
  public PromoteStep(
      @Nullable String name,
      @Nullable Duration limit,
      @Nullable List<Probe> verify,
      @Nullable String node,
      @Nullable Fencing fence) {
    this.name = name == null ? "promote" : name;
    this.limit = limit == null ? Duration.ofSeconds(20) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
    this.node = node == null ? "standby" : node;
    this.fence = fence == null ? Fencing.REQUIRED : fence;
  }

  @Override
  public Optional<Compensation> compensation() {
    return Optional.of(new SettleCompensation());
  }

  @Override
  public String does(Roles roles) {
    return "promote "
        + roles.node(node)
        + (fence == Fencing.NONE ? ", whether or not the other node is fenced" : "");
  }
}
