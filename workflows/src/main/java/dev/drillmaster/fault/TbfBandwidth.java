package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * The kernel of a host lets no more than this leave by a network device; what does not fit into its
 * queue is dropped. What comes in is not affected. The target is a device.
 *
 * @param kilobytesPerSecond what leaves at most, in units of 1000 bytes, headers included: 1 to
 *     1,250,000, which is 10 Gbit/s
 */
@JsonTypeName("tbf-bandwidth")
public record TbfBandwidth(int kilobytesPerSecond) implements LatencyInjection {

  private static final int MOST = 1_250_000;

  @Override
  public List<String> problems() {
    if (kilobytesPerSecond < 1) {
      return List.of(
          "kilobytesPerSecond must be at least 1: to let nothing pass, use nftables-partition");
    }
    return kilobytesPerSecond > MOST
        ? List.of("kilobytesPerSecond must be at most " + MOST + ", which is 10 Gbit/s")
        : List.of();
  }

  @Override
  public Ending ending() {
    return Ending.QUEUE;
  }

  @Override
  public String effect() {
    return "let no more than " + kilobytesPerSecond + " kB/s out";
  }

  @Override
  public String actsOn() {
    return "a network device of a Linux host";
  }

  @Override
  public String needs() {
    return "root, tc(8)";
  }
}
