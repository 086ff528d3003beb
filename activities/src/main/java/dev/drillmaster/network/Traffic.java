package dev.drillmaster.network;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Packets between this host and some peers.
 *
 * @param cut the peers
 * @param spared those among them that do not belong to it
 * @param ports only from or to one of these ports of TCP or UDP; everything if empty
 */
public record Traffic(List<Subnet> cut, List<Subnet> spared, List<Integer> ports) {

  public Traffic {
    cut = List.copyOf(cut);
    spared = List.copyOf(spared);
    ports = List.copyOf(ports);
  }

  /** Whether a connection belongs to it. */
  public boolean covers(OwnConnections.Connection connection) {
    InetSocketAddress remote = connection.remote();
    return cut.stream().anyMatch(each -> each.contains(remote.getAddress()))
        && spared.stream().noneMatch(each -> each.contains(remote.getAddress()))
        && (ports.isEmpty()
            || ports.contains(remote.getPort())
            || ports.contains(connection.local().getPort()));
  }
}
