package dev.drillmaster.fault;

/** A service stops serving: its processes are gone or do nothing. */
public sealed interface ServiceFailure extends Fault
    permits BackendTermination, ProcessTreeFailure, ProxyDown {

  @Override
  default FaultType faultType() {
    return FaultType.SERVICE_FAILURE;
  }
}
