package dev.drillmaster.network;

import dev.drillmaster.fault.TrafficDirection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What nft(8) is told, made of addresses and numbers that were read as such, never of texts. */
final class TimedTableScript {

  /** The set whose elements have a timeout; the rules ask it for the protocol of each packet. */
  static final String ALIVE = "alive";

  /** Before the filters of others, which might let pass what belongs to a known connection. */
  private static final int PRIORITY = -300;

  private static final Hook INPUT = new Hook("input", "iifname", "saddr");
  private static final Hook OUTPUT = new Hook("output", "oifname", "daddr");

  private TimedTableScript() {}

  /**
   * Where the kernel asks the rules.
   *
   * @param name also that of our chain
   * @param device what its packets come from or go to
   * @param peer which address of theirs is the peer's
   */
  private record Hook(String name, String device, String peer) {}

  /** The table, without rules. */
  static List<String> table(TimedTable table, Traffic traffic) {
    String in = " inet " + table.name() + " ";
    return List.of(
        "add table inet " + table.name(),
        "add set" + in + ALIVE + " { type nf_proto; flags timeout; }",
        "add set" + in + "cut4 " + addresses("ipv4_addr", true, traffic.cut()),
        "add set" + in + "cut6 " + addresses("ipv6_addr", false, traffic.cut()),
        "add set" + in + "spared4 " + addresses("ipv4_addr", true, traffic.spared()),
        "add set" + in + "spared6 " + addresses("ipv6_addr", false, traffic.spared()),
        "add set" + in + "ports { type inet_service; " + elements(traffic.ports().stream()) + " }",
        "add element" + in + ALIVE + timed(table));
  }

  /** One transaction: what has run out cannot be deleted, and then nothing is added. */
  static List<String> renewal(TimedTable table) {
    String in = " inet " + table.name() + " ";
    return List.of(
        "delete element" + in + ALIVE + " { ipv4, ipv6 }",
        "add element" + in + ALIVE + timed(table));
  }

  private static String timed(TimedTable table) {
    String time = " timeout " + table.time().toMillis() + "ms";
    return " { ipv4" + time + ", ipv6" + time + " }";
  }

  /** What drops. */
  static List<String> rules(TimedTable table, Traffic traffic, TrafficDirection direction) {
    List<String> lines = new ArrayList<>();
    for (Hook hook : hooks(direction)) {
      String chain = " inet " + table.name() + " " + hook.name() + " ";
      lines.add(
          "add chain%s{ type filter hook %s priority %d; }"
              .formatted(chain, hook.name(), PRIORITY));
      for (String drop : drops(traffic, hook)) {
        lines.add("add rule" + chain + drop);
      }
    }
    return lines;
  }

  /** How many rules that makes. */
  static int count(Traffic traffic, TrafficDirection direction) {
    return hooks(direction).stream().mapToInt(hook -> drops(traffic, hook).size()).sum();
  }

  private static List<Hook> hooks(TrafficDirection direction) {
    return switch (direction) {
      case INCOMING -> List.of(INPUT);
      case OUTGOING -> List.of(OUTPUT);
      case BOTH -> List.of(INPUT, OUTPUT);
    };
  }

  private static List<String> drops(Traffic traffic, Hook hook) {
    List<String> drops = new ArrayList<>();
    for (String ports : ports(traffic)) {
      for (String version : List.of("4", "6")) {
        String address = (version.equals("4") ? "ip " : "ip6 ") + hook.peer();
        drops.add(
            "%s != \"lo\" meta nfproto @%s %s @cut%s %s != @spared%s %scounter drop"
                .formatted(hook.device(), ALIVE, address, version, address, version, ports));
      }
    }
    return drops;
  }

  /** Either end may be the one that was connected to. */
  private static List<String> ports(Traffic traffic) {
    String tcpOrUdp = "meta l4proto { tcp, udp } th ";
    return traffic.ports().isEmpty()
        ? List.of("")
        : List.of(tcpOrUdp + "sport @ports ", tcpOrUdp + "dport @ports ");
  }

  private static String addresses(String type, boolean v4, List<Subnet> subnets) {
    Stream<Subnet> ofType = subnets.stream().filter(each -> each.v4() == v4);
    return "{ type " + type + "; flags interval; auto-merge; " + elements(ofType) + " }";
  }

  private static String elements(Stream<?> values) {
    String all = values.map(String::valueOf).collect(Collectors.joining(", "));
    return all.isEmpty() ? "" : "elements = { " + all + " };";
  }
}
