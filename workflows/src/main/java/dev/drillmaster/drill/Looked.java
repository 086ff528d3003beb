package dev.drillmaster.drill;

import dev.drillmaster.injection.Ready;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host saw before an experiment.
 *
 * @param roles who is what in the system
 * @param gate whether the steady state was met; null from a host that is not the system's
 * @param faults what was seen of each fault that this host is to inject; empty if the steady state
 *     was not met
 */
public record Looked(Roles roles, @Nullable StepResult gate, List<Ready> faults) {
  public Looked {
    faults = List.copyOf(faults);
  }
}
