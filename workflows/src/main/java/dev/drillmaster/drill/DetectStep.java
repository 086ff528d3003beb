package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a monitor notices that the service is out. Met when the probe was not tolerated so
 * many times in a row.
 *
 * @param name what people call it
 * @param limit after this long the step has failed
 * @param verify the plan's own criteria
 * @param probe what the monitor asks
 * @param failures so many times in a row; 3 if absent
 * @param interval time between two questions; 100 ms if absent
 */
@JsonTypeName("detect")
public record DetectStep(
    String name,
    Duration limit,
    List<Probe> verify,
    Probe probe,
    Integer failures,
    Duration interval)
    implements Step {
  public DetectStep(
      @Nullable String name,
      @Nullable Duration limit,
      @Nullable List<Probe> verify,
      Probe probe,
      @Nullable Integer failures,
      @Nullable Duration interval) {
    this.name = name == null ? "detect" : name;
    this.limit = limit == null ? Duration.ofSeconds(10) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
    this.probe = probe;
    this.failures = failures == null ? 3 : failures;
    this.interval = interval == null ? Duration.ofMillis(100) : interval;
  }

  @Override
  public boolean changesTheSystem() {
    return false;
  }

  @Override
  public String does(Roles roles) {
    return "notice the outage: " + failures + " times in a row not \"" + probe.name() + "\"";
  }
}
