package dev.drillmaster.fault;

/** A part of the system answers, and what it says is wrong. */
public sealed interface ByzantineFault extends Fault
    permits ProxyAlteredBody, ProxyEquivocation, ProxyStaleReplay, ProxyWrongStatus, ReplayPause {

  @Override
  default FaultType faultType() {
    return FaultType.BYZANTINE_FAULT;
  }
}
