package dev.drillmaster.fault;

/** Something that a service needs is used up by others. */
public sealed interface ResourceExhaustion extends Fault
    permits DatabaseConnections, DatabaseLock, DiskFill, StressCpu, StressIo, StressMemory {

  @Override
  default FaultType faultType() {
    return FaultType.RESOURCE_EXHAUSTION;
  }
}
