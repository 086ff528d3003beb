package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Toxiproxy takes what goes through a proxy of it and passes nothing on: who connects is let in and
 * hears nothing. What was sent meanwhile is lost when the fault is healed, and so is its
 * connection. The target is such a proxy.
 *
 * @param direction which way nothing passes; both if absent
 */
@JsonTypeName("toxiproxy-partition")
public record ToxiproxyPartition(Direction direction) implements NetworkPartition {

  public ToxiproxyPartition(@Nullable Direction direction) {
    this.direction = direction == null ? Direction.BOTH : direction;
  }

  @Override
  public Ending ending() {
    return Ending.TOXICS;
  }

  @Override
  public String effect() {
    return "cut " + direction.text();
  }

  @Override
  public String actsOn() {
    return "a proxy of Toxiproxy";
  }

  @Override
  public String needs() {
    return "the control port of Toxiproxy";
  }
}
