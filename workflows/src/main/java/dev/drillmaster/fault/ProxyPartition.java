package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The drill proxy lets nothing through a route: bytes, connects and closes wait in it until the
 * fault is healed, as packets do that are sent again and again. The target is a route.
 *
 * @param direction which way nothing passes; both if absent
 */
@JsonTypeName("proxy-partition")
public record ProxyPartition(Direction direction) implements NetworkPartition {

  public ProxyPartition(@Nullable Direction direction) {
    this.direction = direction == null ? Direction.BOTH : direction;
  }

  @Override
  public Ending ending() {
    return Ending.PROXY_RULE;
  }

  /** One route may be slow and cut at once. */
  @Override
  public boolean mayShareTargetWith(Fault other) {
    return other instanceof ProxyLatency;
  }

  @Override
  public String effect() {
    return "cut " + direction.text();
  }

  @Override
  public String actsOn() {
    return "a route of the drill proxy";
  }
}
