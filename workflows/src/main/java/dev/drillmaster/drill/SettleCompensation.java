package dev.drillmaster.drill;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Brings the pair to one primary, one standby that streams, and traffic to the primary. A promotion
 * that began is completed, because it cannot be taken back; a fence without a promotion is lifted.
 * The steps of a failover share this compensation instead of having one each: undoing them singly
 * would need every pair of half-done steps to be thought of, while looking and mending needs only
 * the wanted end.
 */
@JsonTypeName("settle")
public record SettleCompensation() implements Compensation {
  @Override
  public String does() {
    return "bring the pair to one primary, one streaming standby, and traffic to the primary";
  }
}
