package dev.drillmaster.fault;

/** Two parts of a system cannot reach each other, although both live. */
public sealed interface NetworkPartition extends Fault
    permits NftablesPartition, ProxyPartition, ProxyFlapping, ToxiproxyPartition {

  @Override
  default FaultType faultType() {
    return FaultType.NETWORK_PARTITION;
  }
}
