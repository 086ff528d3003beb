package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.util.List;

/**
 * What can be done to one target. One sealed interface for each fault type, one record for each
 * mechanism; the record's components are the parameters that an engineer writes.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "mechanism")
public sealed interface Fault
    permits ByzantineFault,
        DataCorruption,
        LatencyInjection,
        NetworkPartition,
        ResourceExhaustion,
        ServiceFailure {

  /** Which of the eight types it belongs to. */
  FaultType faultType();

  /** How the fault ends. */
  Ending ending();

  /** How the target itself ends the fault when nobody renews it. */
  default Expiry expiry() {
    return ending().expiry();
  }

  /**
   * The longest that healing takes once it has begun, including what the target needs to serve
   * again.
   */
  default Duration healTime() {
    return ending().healTime();
  }

  /** The longest that the fault can outlive everything of ours: lease, heal time and one second. */
  default Duration bound(Duration lease) {
    return lease.plus(healTime()).plusSeconds(1);
  }

  /** What is wrong with the parameters, each in a sentence that says what would be right. */
  default List<String> problems() {
    return List.of();
  }

  /** Whether both can be on one target at once without disturbing each other. */
  default boolean mayShareTargetWith(Fault other) {
    return false;
  }

  /** The stable name of the mechanism, as plans write it. */
  default String mechanism() {
    return getClass().getAnnotation(JsonTypeName.class).value();
  }

  /** What the fault does, in a few words for people: "kill every process". */
  String effect();

  /** What it can be done to, for people: "a service". */
  String actsOn();

  /** What must be there beside the target, for people: a tool, a right, a kernel module. */
  default String needs() {
    return "nothing more";
  }
}
