package dev.drillmaster.injector;

import dev.drillmaster.fault.NetemDelay;

/** Holds up or loses what leaves by a device. */
final class NetemDelayInjector extends QueueInjector<NetemDelay> {

  @Override
  public Class<NetemDelay> faultClass() {
    return NetemDelay.class;
  }

  @Override
  String kind() {
    return "netem";
  }

  /** Its own limit of 1000 packets would make a fast device lose what it should only hold up. */
  @Override
  String parameters(NetemDelay fault, int mtu) {
    return "limit 100000 delay %dms %dms loss %d%%"
        .formatted(fault.delay().toMillis(), fault.jitter().toMillis(), fault.lossPercent());
  }
}
