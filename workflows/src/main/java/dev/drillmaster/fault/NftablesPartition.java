package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The kernel of a host drops all packets between the host and the peers that the target names, of
 * connections that exist, too. Who connects hears nothing; what was sent by TCP is sent again when
 * the fault is healed, and all else is lost. A program of this host that sends a single packet,
 * such as one of UDP, is told that it may not. The target is a network.
 *
 * @param direction which packets are dropped; those of both directions if absent
 */
@JsonTypeName("nftables-partition")
public record NftablesPartition(TrafficDirection direction) implements NetworkPartition {

  public NftablesPartition(@Nullable TrafficDirection direction) {
    this.direction = direction == null ? TrafficDirection.BOTH : direction;
  }

  @Override
  public Ending ending() {
    return Ending.TIMED_TABLE;
  }

  @Override
  public String effect() {
    return "cut " + direction.text();
  }

  @Override
  public String actsOn() {
    return "a network of a Linux host";
  }

  @Override
  public String needs() {
    return "root, nftables";
  }
}
