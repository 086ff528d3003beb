package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.steadystate.Probe;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks again and again whether the system is in its steady state, mostly while a fault is held. Met
 * when every answer was tolerated for the whole duration; over at the first that was not, so that
 * the fault is healed at once. Not known if nobody asked for a while: each probe is asked by
 * itself, so that one that hangs keeps no other from being asked.
 *
 * @param name what people call it
 * @param limit after this long the step has failed; the duration and half a minute if absent
 * @param verify the plan's own criteria, asked once afterwards
 * @param probes what is asked, at least one
 * @param duration for how long
 * @param interval time between two questions, 10 to 200 ms; 200 ms if absent
 * @param failures so many answers in a row that are not tolerated are a breach; 1 if absent
 * @param stopWhen once one of these is answered as tolerated it is over, and proves nothing
 */
@JsonTypeName("watch")
public record WatchStep(
    String name,
    Duration limit,
    List<Probe> verify,
    List<Probe> probes,
    Duration duration,
    Duration interval,
    Integer failures,
    // Left out if empty, so that the digests of older plans stay as they are.
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Probe> stopWhen)
    implements Step {

  /** What is asked less often is not watched. */
  public static final Duration LONGEST_INTERVAL = Duration.ofMillis(200);

  public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);

  private static final Duration GRACE = Duration.ofSeconds(30);

  public WatchStep(
      @Nullable String name,
      @Nullable Duration limit,
      @Nullable List<Probe> verify,
      @Nullable List<Probe> probes,
      @Nullable Duration duration,
      @Nullable Duration interval,
      @Nullable Integer failures,
      @Nullable List<Probe> stopWhen) {
    this.name = name == null ? "watch" : name;
    this.duration = duration == null ? Duration.ZERO : duration;
    this.limit = limit == null ? this.duration.plus(GRACE) : limit;
    this.verify = verify == null ? List.of() : List.copyOf(verify);
    this.probes = probes == null ? List.of() : List.copyOf(probes);
    this.interval = interval == null ? LONGEST_INTERVAL : interval;
    this.failures = failures == null ? 1 : failures;
    this.stopWhen = stopWhen == null ? List.of() : List.copyOf(stopWhen);
  }

  @Override
  public boolean changesTheSystem() {
    return false;
  }

  @Override
  public String does(Roles roles) {
    return "watch for %d s that the steady state stays: %s"
        .formatted(
            duration.toSeconds(), String.join(", ", probes.stream().map(Probe::name).toList()));
  }
}
