package dev.drillmaster.network;

import dev.drillmaster.network.NetworkDevice.Queue;
import dev.drillmaster.process.BoundedCommand;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A queueing discipline at the root of a device, known by its handle: another one at the same place
 * is not touched.
 *
 * @param namespace where the device is
 * @param index the device's number in there
 * @param kind the kind of queueing discipline, such as {@code tbf}
 * @param handle its handle, such as {@code 1a2b:}
 */
public record OwnedQueue(NetworkNamespace namespace, int index, String kind, String handle) {

  /** Below are those that people choose, above those that the kernel gives: see tc(8). */
  private static final int FIRST_HANDLE = 0x1000;

  private static final int HANDLES = 0x7000;

  /** The one of an injection. */
  public static OwnedQueue of(UUID injection, NetworkDevice device, String kind) {
    int handle = FIRST_HANDLE + Math.floorMod(injection.hashCode(), HANDLES);
    return new OwnedQueue(
        device.namespace(), device.index(), kind, Integer.toHexString(handle) + ":");
  }

  /**
   * Tries the same in a network namespace that is made for it and ends with it, so that this host's
   * network is not touched.
   *
   * @throws IOException if this kernel does not take it, with what it says
   */
  public static void tryOut(String kind, String parameters)
      throws IOException, InterruptedException {
    List<String> words = NetworkTool.words(List.of("unshare", "--net"), "tc", "-batch", "-");
    BoundedCommand.Output output =
        BoundedCommand.run(words, line("lo", "1:", kind, parameters), NetworkTool.LIMIT);
    if (output.succeeded()) {
      return;
    }
    String said = NetworkTool.complaint(output.complaint());
    boolean unknown = said.contains("qdisc kind is unknown") || said.contains("qdisc not found");
    throw new IOException(
        unknown
            ? said
                + " This kernel lacks sch_%s: apt-get install linux-modules-extra-$(uname -r), or"
                    .formatted(kind)
                + " start one with CONFIG_NET_SCH_"
                + kind.toUpperCase(Locale.ROOT)
            : said);
  }

  /**
   * Starts the program that will add it, which does nothing before {@link #add}: whoever knows
   * which process it is can keep it from doing so, even if it is frozen.
   */
  public BoundedCommand adding() throws IOException {
    return BoundedCommand.start(NetworkTool.words(entering(), "tc", "-batch", "-"));
  }

  /**
   * Lets it.
   *
   * @param adding what {@link #adding} has started
   * @param parameters for this device, as tc(8) takes them
   * @throws IOException if it cannot be added, such as when something else is there already
   */
  public void add(BoundedCommand adding, String parameters)
      throws IOException, InterruptedException {
    NetworkDevice where =
        where().orElseThrow(() -> new IOException("the device is gone from " + namespace));
    BoundedCommand.Output output =
        adding.finish(line(where.name(), handle, kind, parameters), NetworkTool.LIMIT);
    if (!output.succeeded()) {
      throw new IOException(
          kind + " cannot be added to " + where.name() + ": " + output.complaint());
    }
  }

  private static String line(String device, String handle, String kind, String parameters) {
    return "qdisc add dev %s root handle %s %s %s\n".formatted(device, handle, kind, parameters);
  }

  /** The device, if it is there, under whatever name. */
  public Optional<NetworkDevice> where() throws IOException, InterruptedException {
    return NetworkDevice.numbered(namespace, index);
  }

  /** What is at the device's root now; empty if nothing is, or the device is gone. */
  public Optional<Queue> atRoot() throws IOException, InterruptedException {
    Optional<NetworkDevice> where = where();
    return where.isEmpty() ? Optional.empty() : root(where.get());
  }

  private static Optional<Queue> root(NetworkDevice device)
      throws IOException, InterruptedException {
    return device.queues().stream().filter(Queue::root).findFirst();
  }

  /** Whether that is this one. */
  public boolean is(Queue queue) {
    return queue.kind().equals(kind) && queue.handle().equals(handle);
  }

  /** Removes it, if it is there. */
  public void remove() throws IOException, InterruptedException {
    Optional<NetworkDevice> where = where();
    if (where.isEmpty() || root(where.get()).filter(this::is).isEmpty()) {
      return;
    }
    // The kernel compares the handle: what somebody has put there since our look stays.
    String name = where.get().name();
    NetworkTool.run(
        NetworkTool.words(entering(), "tc", "qdisc", "del", "dev", name, "root", "handle", handle),
        "");
  }

  private List<String> entering() throws IOException {
    return namespace.entering().orElseThrow(() -> new IOException(namespace + " is gone"));
  }
}
