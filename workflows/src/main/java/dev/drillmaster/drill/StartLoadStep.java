package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts the load process, the instrument of the drill: a process of its own with its own journal
 * and clock. Met when a second of requests was acknowledged without a failure.
 *
 * @param name what people call it
 * @param limit after this long the step has failed
 * @param verify the plan's own criteria
 * @param rate transactions a second; 100 if absent
 * @param services the endpoints that take turns; those that the host names for the load if absent
 */
@JsonTypeName("start-load")
public record StartLoadStep(
    String name, Duration limit, List<Probe> verify, Integer rate, List<String> services)
    implements Step {
  public StartLoadStep(
      @Nullable String name,
      @Nullable Duration limit,
      @Nullable List<Probe> verify,
      @Nullable Integer rate,
      @Nullable List<String> services) {
    this.name = name == null ? "start-load" : name;
    this.limit = limit == null ? Duration.ofSeconds(30) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
    this.rate = rate == null ? 100 : rate;
    this.services = services == null ? List.of() : List.copyOf(services);
  }

  @Override
  public Optional<Compensation> compensation() {
    return Optional.of(new StopLoadCompensation());
  }

  @Override
  public String does(Roles roles) {
    return "send "
        + rate
        + " transactions a second to "
        + (services.isEmpty() ? "the service" : String.join(" and ", services));
  }
}
