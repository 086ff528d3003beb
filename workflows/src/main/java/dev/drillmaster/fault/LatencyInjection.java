package dev.drillmaster.fault;

/** Everything arrives, but late or slowly. */
public sealed interface LatencyInjection extends Fault
    permits NetemDelay, ProxyLatency, TbfBandwidth, ToxiproxyLatency {

  @Override
  default FaultType faultType() {
    return FaultType.LATENCY_INJECTION;
  }
}
