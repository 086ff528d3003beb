package dev.drillmaster.target;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.toxiproxy.Toxiproxy;
import java.net.URI;

/**
 * A proxy of a Toxiproxy server.
 *
 * @param name the target's name
 * @param definition where the server is, and which of its proxies
 */
public record ToxiproxyTarget(String name, Definition definition) implements Target {

  /**
   * The JSON definition.
   *
   * @param api where the server's API answers, such as {@code http://127.0.0.1:8474}
   * @param proxy the proxy's name
   */
  @JsonTypeName("toxiproxy")
  public record Definition(URI api, String proxy) implements TargetDefinition {

    /** Refuses a definition that lacks a part. */
    public Definition {
      if (api == null || proxy == null) {
        throw new IllegalArgumentException("\"api\" and \"proxy\" must be there");
      }
    }

    /** The server. */
    public Toxiproxy server() {
      return new Toxiproxy(api);
    }
  }

  @Override
  public String description() {
    return "proxy " + definition.proxy() + " of Toxiproxy at " + definition.api();
  }
}
