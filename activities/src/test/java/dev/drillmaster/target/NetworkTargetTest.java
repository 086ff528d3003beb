package dev.drillmaster.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What takes a host off its network by mistake is no target. */
@Tag("pure")
final class NetworkTargetTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.0.0.0/0          | is too wide
          ::/0               | is too wide
          10.0.0.0/8         | is too wide: /16 is the widest for IPv4, /48 for IPv6
          fd00::/32          | is too wide
          127.0.0.1          | is this host itself, which needs its loopback
          127.1.0.0/16       | is this host itself
          ::1                | is this host itself
          10.1.2.3/16        | is an address within a network: write 10.1.0.0/16
          db-7.example.com   | names are not looked up
          10.1.2             | names are not looked up
          10.1.2.300         | names are not looked up
          10.1.2.3/33        | must be an address
          10.1.2.3; drop     | must be an address
          fd00::7%eth0       | must be an address
          """)
  void aPeerThatIsNotMeantIsRefused(String peer, String why) {
    assertThatThrownBy(() -> network(List.of(peer), null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void peersAreAddressesAndNarrowNetworks() {
    assertThat(network(List.of("10.1.2.3", "10.1.0.0/16", "fd00::7", "fd00:1:2::/48")).peers())
        .hasSize(4);
    assertThatThrownBy(() -> network(List.of())).hasMessageContaining("\"peers\" must be 1 to 64");
  }

  @Test
  void portsAndNamespacesAreWhatTheyShouldBe() {
    List<String> peers = List.of("10.1.2.3");
    assertThatThrownBy(() -> network(peers, List.of(0), null)).hasMessageContaining("\"ports\"");
    assertThatThrownBy(() -> network(peers, List.of(), null)).hasMessageContaining("leave it out");
    for (String wrong : List.of("a b", "../x", "/run/netns/../x", "/proc/1/ns/net", "-n")) {
      assertThatThrownBy(() -> network(peers, null, wrong)).hasMessageContaining("\"namespace\"");
      assertThatThrownBy(() -> new DeviceTarget.Definition("eth0", wrong, null))
          .hasMessageContaining("\"namespace\"");
    }
    assertThat(network(peers, null, "/run/docker/netns/4f1a").namespace()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"lo, must not be lo", "eth0 root, must be the name", "-x, must be the name"})
  void aDeviceThatIsNoneOrTheLoopbackIsRefused(String device, String why) {
    assertThatThrownBy(() -> new DeviceTarget.Definition(device, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void definitionsAreReadFromTheHostsFiles(@TempDir Path directory) throws IOException {
    Targets targets = new Targets(directory, TargetKinds.ALL);
    targets.define("peers", network(List.of("10.1.2.0/24"), List.of(5432), "db"));
    assertThat(targets.find("peers").orElseThrow().description())
        .isEqualTo("the network between this host and 10.1.2.0/24");
    targets.define("link", new DeviceTarget.Definition("eth1", null, true));
    assertThat(targets.find("link").orElseThrow().description()).isEqualTo("network device eth1");
    Files.writeString(
        directory.resolve("all.json"), "{\"kind\": \"network\", \"peers\": [\"0.0.0.0/0\"]}");
    assertThatThrownBy(() -> targets.find("all")).hasMessageContaining("is too wide");
  }

  private static NetworkTarget.Definition network(List<String> peers) {
    return network(peers, null, null);
  }

  private static NetworkTarget.Definition network(
      List<String> peers, @Nullable List<Integer> ports, @Nullable String namespace) {
    return new NetworkTarget.Definition(peers, null, ports, namespace);
  }
}
