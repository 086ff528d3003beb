package dev.drillmaster.system;

import dev.drillmaster.drill.Roles;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A replicated database with its service, as its host defines it. A plan names the system and roles
 * in it; where these are, only the host knows.
 *
 * @param nodes the names of the two PostgreSQL targets that replicate from each other
 * @param database the name of the database on them
 * @param traffic how the service reaches the primary
 * @param endpoints what TCP and HTTP probes may name: {@code host:port} or a base URL
 * @param databases what SQL probes may name
 * @param load how the service is put under load
 */
public record SystemDefinition(
    List<String> nodes,
    String database,
    Traffic traffic,
    Map<String, String> endpoints,
    Map<String, DatabaseAccess> databases,
    Load load) {

  /** Copies the lists, and refuses anything but a pair. */
  public SystemDefinition {
    if (nodes == null || nodes.size() != 2 || nodes.get(0).equals(nodes.get(1))) {
      throw new IllegalArgumentException("\"nodes\" must name two different targets");
    }
    nodes = List.copyOf(nodes);
    endpoints = Map.copyOf(endpoints);
    databases = Map.copyOf(databases);
  }

  /** The node that is not this one. */
  public String other(String node) {
    return nodes.get(0).equals(node) ? nodes.get(1) : nodes.get(0);
  }

  /** The same, whose databases have their roles as names, too. */
  public SystemDefinition calledByRole(Roles roles) {
    Map<String, DatabaseAccess> named = new HashMap<>(databases);
    for (String role : Roles.NAMES) {
      @Nullable DatabaseAccess node = databases.get(roles.node(role));
      if (node != null) {
        named.put(role, node);
      }
    }
    return new SystemDefinition(nodes, database, traffic, endpoints, named, load);
  }

  /**
   * A route of a drill proxy.
   *
   * @param proxy the directory of the proxy
   * @param route the name of the route
   */
  public record Traffic(Path proxy, String route) {}

  /**
   * How to log in to a database on loopback. The password stays in its passfile.
   *
   * @param port on 127.0.0.1
   * @param database its name
   * @param user a role
   * @param passwords the directory of {@link dev.drillmaster.postgres.Passwords}
   */
  public record DatabaseAccess(int port, String database, String user, Path passwords) {}

  /**
   * How the service is put under load.
   *
   * @param directory below it, each run gets a directory for its journal
   * @param services base addresses of the instances, which take turns
   */
  public record Load(Path directory, List<URI> services) {

    /** Copies the list. */
    public Load {
      services = List.copyOf(services);
    }
  }
}
