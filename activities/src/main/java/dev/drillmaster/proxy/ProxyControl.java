package dev.drillmaster.proxy;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.control.ControlClient;
import dev.drillmaster.control.ControlToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Calls the drill proxy. Every call ends within {@link ControlClient#LIMIT}. */
public final class ProxyControl {

  /** Names of the files in the directory of a proxy. */
  public static final String ADDRESS_FILE = "proxy.address";

  public static final String TOKEN_FILE = "proxy.token";

  private record Routes(List<RouteStatus> routes) {}

  private final ControlClient client;

  public ProxyControl(int port, ControlToken token) {
    this.client = new ControlClient("the drill proxy", port, token);
  }

  /**
   * The proxy that has published its address in this directory.
   *
   * @throws IOException if there is no address, or the process that wrote it is gone
   */
  public static ProxyControl in(Path directory) throws IOException {
    ControlAddress address = ControlAddress.read(directory.resolve(ADDRESS_FILE));
    if (!address.process().isRunning()) {
      throw new IOException(
          "the drill proxy " + address.process() + " of " + directory + " no longer runs");
    }
    return new ProxyControl(address.port(), ControlToken.read(directory.resolve(TOKEN_FILE)));
  }

  /** All routes, in the order of their names. */
  public List<RouteStatus> routes() throws IOException, InterruptedException {
    return client.get("/routes", Routes.class).routes();
  }

  /**
   * The route with this name.
   *
   * @throws IOException if there is none; the message names those that exist
   */
  public RouteStatus route(String name) throws IOException, InterruptedException {
    List<RouteStatus> routes = routes();
    return routes.stream()
        .filter(route -> route.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "the drill proxy has no route "
                        + name
                        + ", only "
                        + routes.stream().map(RouteStatus::name).toList()));
  }

  /**
   * Sends new connections of a route to this upstream and closes those to any other. May be
   * repeated: a route that has this upstream already keeps its connections.
   */
  public Redirected redirect(String route, Upstream upstream)
      throws IOException, InterruptedException {
    return client.put("/routes/" + route + "/upstream", upstream, Redirected.class);
  }

  /**
   * Asks whether the proxy serves.
   *
   * @throws IOException if the proxy does not answer
   */
  public void checkHealth() throws IOException, InterruptedException {
    client.get("/health", Object.class);
  }
}
