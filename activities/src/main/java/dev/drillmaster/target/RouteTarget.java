package dev.drillmaster.target;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.proxy.ProxyControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A route of a drill proxy of this host.
 *
 * @param name the target's name
 * @param definition where the proxy is, and which route of it
 */
public record RouteTarget(String name, Definition definition) implements Target {

  /**
   * The JSON definition.
   *
   * @param proxy the directory of the proxy
   * @param route the name of the route
   */
  @JsonTypeName("route")
  public record Definition(Path proxy, String route) implements TargetDefinition {

    /** Refuses a definition that lacks a part. */
    public Definition {
      if (proxy == null || route == null) {
        throw new IllegalArgumentException("\"proxy\" and \"route\" must be there");
      }
    }
  }

  @Override
  public String description() {
    return "route " + definition.route() + " of the drill proxy in " + definition.proxy();
  }

  /**
   * The proxy in a directory; empty if none runs there, so that nothing passes it and no rule of it
   * is in force.
   *
   * @throws IOException if it cannot be told
   */
  public static Optional<ProxyControl> running(Path proxy) throws IOException {
    Path address = proxy.resolve(ProxyControl.ADDRESS_FILE);
    if (!Files.exists(address) || !ControlAddress.read(address).process().isRunning()) {
      return Optional.empty();
    }
    return Optional.of(ProxyControl.in(proxy));
  }
}
