package dev.drillmaster.target;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.toxiproxy.Toxiproxy;
import java.net.URI;
import java.util.regex.Pattern;

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
  public record Definition(String api, String proxy) implements TargetDefinition {

    private static final Pattern HTTP = Pattern.compile("http://[^/?#]+");

    /** Refuses a definition that lacks a part, or whose address is none. */
    public Definition {
      if (api == null || proxy == null) {
        throw new IllegalArgumentException("\"api\" and \"proxy\" must be there");
      }
      if (!HTTP.matcher(api).matches()) {
        throw new IllegalArgumentException("\"api\" must be such as http://127.0.0.1:8474");
      }
    }

    /** The server. */
    public Toxiproxy server() {
      return new Toxiproxy(URI.create(api));
    }
  }

  @Override
  public String description() {
    return "proxy " + definition.proxy() + " of Toxiproxy at " + definition.api();
  }
}
