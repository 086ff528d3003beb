package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * What puts right whatever a step left behind. It is written down before the step begins, so that
 * it can be run from the ledger alone; it is idempotent and safe if the step never began.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "compensation")
public sealed interface Compensation
    permits AsynchronousReplicationCompensation, SettleCompensation, StopLoadCompensation {

  /** The stable name of the kind. */
  default String kind() {
    return getClass().getAnnotation(JsonTypeName.class).value();
  }

  /** What it does, for people. */
  String does();
}
