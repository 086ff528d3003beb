package dev.drillmaster.target;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.drillmaster.network.Subnet;
import dev.drillmaster.network.Traffic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes between this host and some peers. Traffic within the host (by its device lo) never
 * belongs to it.
 *
 * @param name the target's name
 * @param definition which peers and ports, seen from where
 */
public record NetworkTarget(String name, Definition definition) implements Target {

  /**
   * The JSON definition.
   *
   * @param peers addresses such as {@code 10.1.2.3} and networks such as {@code 10.1.2.0/24}, 1 to
   *     64; an IPv4 network of at most /16, an IPv6 network of at most /48, none of loopback
   * @param except those of the peers that are never cut off, written in the same way, such as the
   *     servers of Temporal; none if absent
   * @param ports only traffic of TCP and UDP from or to one of these ports, 1 to 64; everything if
   *     absent
   * @param namespace the network namespace that it is seen from: a name as {@code ip netns} lists
   *     them, or a file; the agent's own if absent
   */
  @JsonTypeName("network")
  public record Definition(
      List<String> peers,
      @Nullable List<String> except,
      @Nullable List<Integer> ports,
      @Nullable String namespace)
      implements TargetDefinition {

    private static final int MOST = 64;
    private static final int WIDEST_V4 = 16;
    private static final int WIDEST_V6 = 48;
    private static final int LAST_PORT = 65_535;

    /** Refuses a definition that is not narrow. */
    public Definition {
      if (peers == null || peers.isEmpty() || peers.size() > MOST) {
        throw new IllegalArgumentException("\"peers\" must be 1 to " + MOST + " addresses");
      }
      peers = List.copyOf(peers);
      peers.forEach(Definition::requireNarrow);
      if (except != null) {
        except = List.copyOf(except);
        except.forEach(Subnet::parse);
      }
      if (ports != null) {
        ports = List.copyOf(ports);
        if (ports.isEmpty()
            || ports.size() > MOST
            || ports.stream().anyMatch(each -> each < 1 || each > LAST_PORT)) {
          throw new IllegalArgumentException(
              "\"ports\" must be 1 to "
                  + MOST
                  + " numbers from 1 to "
                  + LAST_PORT
                  + "; leave it out for all ports");
        }
      }
      NamespaceName.require(namespace);
    }

    /** A typing error must not take a host off the network: each peer must be meant. */
    private static void requireNarrow(String text) {
      Subnet peer = Subnet.parse(text);
      if (peer.prefix() < (peer.v4() ? WIDEST_V4 : WIDEST_V6)) {
        throw new IllegalArgumentException(
            "\"%s\" is too wide: /%d is the widest for IPv4, /%d for IPv6; name the peers"
                .formatted(text, WIDEST_V4, WIDEST_V6));
      }
      if (peer.first().isLoopbackAddress() || peer.first().isAnyLocalAddress()) {
        throw new IllegalArgumentException(
            "\"" + text + "\" is this host itself, which needs its loopback: name other hosts");
      }
    }

    /** The packets that belong to it. */
    public Traffic traffic() {
      return new Traffic(
          peers.stream().map(Subnet::parse).toList(),
          except == null ? List.of() : except.stream().map(Subnet::parse).toList(),
          ports == null ? List.of() : ports);
    }
  }

  @Override
  public String description() {
    return "the network between this host and " + String.join(", ", definition.peers());
  }
}
