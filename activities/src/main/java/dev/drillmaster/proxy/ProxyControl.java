package dev.drillmaster.proxy;

import dev.drillmaster.control.ControlAddress;
import dev.drillmaster.control.ControlClient;
import dev.drillmaster.control.ControlToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Calls the drill proxy. Every call ends within {@link ControlClient#LIMIT}. */
public final class ProxyControl {

  /** Names of the files in the directory of a proxy. */
  public static final String ADDRESS_FILE = "proxy.address";

  public static final String TOKEN_FILE = "proxy.token";

  private record Routes(List<RouteStatus> routes) {}

  /**
   * A rule that is to be armed.
   *
   * @param leaseMillis how long it lives without renewal, at least 1
   */
  public record Arming(NetworkRule rule, long leaseMillis) {}

  /** Whether there was such a rule. */
  public record Known(boolean known) {}

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
   * Arms a rule: it does nothing yet, and is forgotten when its lease runs out.
   *
   * @throws IOException if there is no such route, or the proxy has seen this id before
   */
  public RuleStatus arm(String route, NetworkRule rule, Duration lease)
      throws IOException, InterruptedException {
    return client.put(
        "/routes/" + route + "/rules", new Arming(rule, lease.toMillis()), RuleStatus.class);
  }

  /**
   * Puts an armed rule in force.
   *
   * @return false if there is no such rule (any more)
   */
  public boolean begin(UUID rule) throws IOException, InterruptedException {
    return client.put("/rules/" + rule + "/in-force", Map.of(), Known.class).known();
  }

  /**
   * Lets a rule live for one more lease from now on.
   *
   * @return false if there is no such rule (any more)
   */
  public boolean renew(UUID rule) throws IOException, InterruptedException {
    return client.put("/rules/" + rule + "/renewal", Map.of(), Known.class).known();
  }

  /**
   * Takes a rule away, for ever: its id is not taken again. What it held up passes from now on.
   *
   * @return false if there was no such rule
   */
  public boolean remove(UUID rule) throws IOException, InterruptedException {
    return client.put("/rules/" + rule + "/removal", Map.of(), Known.class).known();
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
