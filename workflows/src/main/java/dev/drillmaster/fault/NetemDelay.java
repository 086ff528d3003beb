package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel of a host holds up or loses what leaves by a network device. What comes in is not
 * affected. Needs the kernel module sch_netem. The target is a device.
 *
 * @param delay added to each packet, 0 to 1 minute; none if absent
 * @param jitter the delay varies by so much up and down, at most the delay; packets overtake each
 *     other then; none if absent
 * @param lossPercent so many of a hundred packets are lost at random, 0 to 90; none if absent
 */
@JsonTypeName("netem-delay")
public record NetemDelay(Duration delay, Duration jitter, Integer lossPercent)
    implements LatencyInjection {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_LOSS = 90;

  public NetemDelay(
      @Nullable Duration delay, @Nullable Duration jitter, @Nullable Integer lossPercent) {
    this.delay = delay == null ? Duration.ZERO : delay;
    this.jitter = jitter == null ? Duration.ZERO : jitter;
    this.lossPercent = lossPercent == null ? Integer.valueOf(0) : lossPercent;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (delay.isZero() && lossPercent == 0) {
      problems.add("changes nothing: give it a delay, such as 200ms, or lossPercent");
    }
    if (delay.compareTo(LONGEST) > 0) {
      problems.add("delay must be at most 1m");
    }
    if (jitter.compareTo(delay) > 0) {
      problems.add("jitter must be at most the delay");
    }
    if (lossPercent < 0 || lossPercent > MOST_LOSS) {
      problems.add(
          "lossPercent must be from 0 to "
              + MOST_LOSS
              + ": to let nothing pass, use nftables-partition");
    }
    return problems;
  }

  @Override
  public Ending ending() {
    return Ending.QUEUE;
  }

  @Override
  public String effect() {
    List<String> parts = new ArrayList<>();
    if (!delay.isZero()) {
      String around = jitter.isZero() ? "" : " +/- " + jitter.toMillis() + " ms";
      parts.add("add a delay of " + delay.toMillis() + " ms" + around + " to what comes out");
    }
    if (lossPercent > 0) {
      parts.add("lose " + lossPercent + " % of the packets that come out");
    }
    return String.join(" and ", parts);
  }

  @Override
  public String actsOn() {
    return "a network device of a Linux host";
  }

  @Override
  public String needs() {
    return "root, tc(8), the kernel module sch_netem";
  }
}
