package dev.drillmaster.fault;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;

/**
 * The drill proxy closes every connection of a route at once, those that are open and those that
 * come, as if the service behind it were down. The target is a route.
 */
@JsonTypeName("proxy-down")
public record ProxyDown() implements ServiceFailure {

  @Override
  public Expiry expiry() {
    return Expiry.SELF_EXPIRING;
  }

  @Override
  public Duration healTime() {
    return Duration.ofSeconds(1);
  }

  @Override
  public String effect() {
    return "close every connection";
  }
}
