package dev.drillmaster.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A network device as it is now.
 *
 * @param namespace where it is
 * @param index its number in there, which stays when it is renamed
 * @param name its name
 * @param mtu the largest packet that leaves by it, in bytes
 */
public record NetworkDevice(NetworkNamespace namespace, int index, String name, int mtu) {

  /** What the kernel gives a device by itself has no handle. */
  private static final String DEFAULT = "0:";

  /** Those are beside the queue that packets leave by. */
  private static final Set<String> INCOMING = Set.of("ingress", "clsact");

  /**
   * A queueing discipline of a device.
   *
   * @param kind such as {@code tbf}
   * @param handle such as {@code 1a2b:}
   * @param root whether every packet that leaves goes through it
   */
  public record Queue(String kind, String handle, boolean root) {

    /** For people. */
    @Override
    public String toString() {
      return kind + " " + handle;
    }
  }

  /**
   * The one of this name.
   *
   * @throws IOException if there is none, saying which there are
   */
  public static NetworkDevice named(NetworkNamespace namespace, String name)
      throws IOException, InterruptedException {
    List<NetworkDevice> all = all(namespace);
    return all.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "there is no network device %s, but %s in %s"
                        .formatted(
                            name, all.stream().map(NetworkDevice::name).toList(), namespace)));
  }

  /** The one with this number; empty if it or its namespace is gone. */
  static Optional<NetworkDevice> numbered(NetworkNamespace namespace, int index)
      throws IOException, InterruptedException {
    return all(namespace).stream().filter(each -> each.index() == index).findFirst();
  }

  private static List<NetworkDevice> all(NetworkNamespace namespace)
      throws IOException, InterruptedException {
    Optional<List<String>> entering = namespace.entering();
    List<NetworkDevice> devices = new ArrayList<>();
    if (entering.isPresent()) {
      List<String> words = NetworkTool.words(entering.get(), "ip", "-json", "link", "show");
      for (JsonNode each : NetworkTool.json(words)) {
        devices.add(
            new NetworkDevice(
                namespace,
                each.path("ifindex").asInt(),
                each.path("ifname").asText(),
                each.path("mtu").asInt()));
      }
    }
    return devices;
  }

  /** All its queueing disciplines. */
  List<Queue> queues() throws IOException, InterruptedException {
    List<String> entering =
        namespace.entering().orElseThrow(() -> new IOException(namespace + " is gone"));
    List<String> words = NetworkTool.words(entering, "tc", "-json", "qdisc", "show", "dev", name);
    List<Queue> queues = new ArrayList<>();
    for (JsonNode each : NetworkTool.json(words)) {
      queues.add(
          new Queue(
              each.path("kind").asText(),
              each.path("handle").asText(),
              each.path("root").asBoolean()));
    }
    return queues;
  }

  /**
   * What somebody has put into the way of the packets that leave: taken away, it could not be put
   * back as it was.
   */
  public Optional<Queue> foreignQueue() throws IOException, InterruptedException {
    return queues().stream()
        .filter(each -> !each.handle().equals(DEFAULT) && !INCOMING.contains(each.kind()))
        .findFirst();
  }
}
