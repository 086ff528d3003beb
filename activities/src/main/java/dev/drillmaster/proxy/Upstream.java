package dev.drillmaster.proxy;

/**
 * Where a route sends its connections.
 *
 * @param host name or address
 * @param port 1 to 65535
 */
public record Upstream(String host, int port) {

  public Upstream {
    if (host == null || host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "an upstream needs a host and a port from 1 to 65535, not " + host + ":" + port);
    }
  }

  /** {@code host:port}. */
  public static Upstream parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("an upstream is host:port, not " + text);
    }
    return new Upstream(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
