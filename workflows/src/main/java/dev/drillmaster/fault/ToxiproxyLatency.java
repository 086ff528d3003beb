package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Toxiproxy holds up what goes through a proxy of it. The target is such a proxy.
 *
 * @param delay added to each direction that is affected, 0 to 1 minute; none if absent
 * @param jitter the delay varies by so much up and down, at most the delay; none if absent
 * @param kilobytesPerSecond what passes at most, in the units of Toxiproxy, at least 1; as fast as
 *     it can if absent
 * @param direction which way; both if absent
 */
@JsonTypeName("toxiproxy-latency")
public record ToxiproxyLatency(
    Duration delay, Duration jitter, @Nullable Integer kilobytesPerSecond, Direction direction)
    implements LatencyInjection {

  public ToxiproxyLatency(
      @Nullable Duration delay,
      @Nullable Duration jitter,
      @Nullable Integer kilobytesPerSecond,
      @Nullable Direction direction) {
    this.delay = delay == null ? Duration.ZERO : delay;
    this.jitter = jitter == null ? Duration.ZERO : jitter;
    this.kilobytesPerSecond = kilobytesPerSecond;
    this.direction = direction == null ? Direction.BOTH : direction;
  }

  @Override
  public List<String> problems() {
    return Slowness.problems(delay, jitter, kilobytesPerSecond, "toxiproxy-partition");
  }

  @Override
  public Ending ending() {
    return Ending.TOXICS;
  }

  @Override
  public String effect() {
    return Slowness.effect(delay, jitter, kilobytesPerSecond, direction);
  }

  @Override
  public String actsOn() {
    return "a proxy of Toxiproxy";
  }

  @Override
  public String needs() {
    return "the control port of Toxiproxy";
  }
}
