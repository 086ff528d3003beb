package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits until every probe of {@code verify} is tolerated.
 *
 * @param name what people call it
 * @param limit after this long the step has failed; half a minute if absent
 * @param verify what is waited for, at least one
 */
@JsonTypeName("await")
public record AwaitStep(String name, Duration limit, List<Probe> verify) implements Step {
  public AwaitStep(@Nullable String name, @Nullable Duration limit, @Nullable List<Probe> verify) {
    this.name = name == null ? "await" : name;
    this.limit = limit == null ? Duration.ofSeconds(30) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
  }

  @Override
  public boolean changesTheSystem() {
    return false;
  }

  @Override
  public String does(Roles roles) {
    return "wait until " + String.join(" and ", verify.stream().map(Probe::name).toList());
  }
}
