package dev.drillmaster.fault;

/** What a service has stored is no longer what it wrote. */
public sealed interface DataCorruption extends Fault permits RowCorruption {

  @Override
  default FaultType faultType() {
    return FaultType.DATA_CORRUPTION;
  }
}
