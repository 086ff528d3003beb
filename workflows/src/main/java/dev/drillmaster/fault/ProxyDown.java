package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * The drill proxy closes every connection of a route at once, those that are open and those that
 * come, as if the service behind it were down. The target is a route.
 */
@JsonTypeName("proxy-down")
public record ProxyDown() implements ServiceFailure {

  @Override
  public Ending ending() {
    return Ending.PROXY_RULE;
  }

  @Override
  public String effect() {
    return "close every connection";
  }

  @Override
  public String actsOn() {
    return "a route of the drill proxy";
  }
}
