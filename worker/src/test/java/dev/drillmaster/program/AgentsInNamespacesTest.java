package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.tier.Tier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agents and their targets in network namespaces of their own, each with one cable to the server:
 * what an agent needs is a connection to Temporal, and nothing connects to it.
 */
@Tag("host")
@Tag("full")
class AgentsInNamespacesTest extends TwoAgents {

  /** A network of its own for each pair of tests that run at once on a machine. */
  private final int number = (int) (ProcessHandle.current().pid() % 120) * 2;

  AgentsInNamespacesTest(@TempDir Path directory) throws IOException {
    super(directory);
  }

  @Override
  DevServer startServer() throws IOException, InterruptedException {
    boolean root = "root".equals(System.getProperty("user.name"));
    Tier.need(root, "root, to make network namespaces", "run the tests as root");
    boolean ip =
        Stream.of("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip").map(Path::of).anyMatch(Files::exists);
    Tier.need(ip, "ip(8)", "apt-get install iproute2");
    ip("link", "add", bridge(), "type", "bridge");
    ip("addr", "add", address(1) + "/24", "dev", bridge());
    ip("link", "set", bridge(), "up");
    host(1);
    host(2);
    return DevServer.start(directory, "0.0.0.0", address(1));
  }

  @AfterAll
  void remove() throws Exception {
    for (int host : new int[] {1, 2}) {
      run(List.of("ip", "netns", "del", namespace(host)));
    }
    run(List.of("ip", "link", "del", bridge()));
  }

  @Test
  void anAgentListensNowhere() throws Exception {
    for (int host : new int[] {1, 2}) {
      // Port, as hexadecimal, and state 0A, which is LISTEN.
      List<String> cat = List.of("cat", "/proc/net/tcp", "/proc/net/tcp6");
      String sockets = output(Stream.concat(inside(host).stream(), cat.stream()).toList());
      assertThat(sockets.lines().filter(line -> line.contains(" 0A "))).isEmpty();
    }
  }

  private void host(int host) throws IOException, InterruptedException {
    ip("netns", "add", namespace(host));
    ip(
        "link",
        "add",
        cable(host),
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        namespace(host));
    ip("link", "set", cable(host), "master", bridge(), "up");
    ip("-n", namespace(host), "addr", "add", address(host + 1) + "/24", "dev", "eth0");
    ip("-n", namespace(host), "link", "set", "eth0", "up");
    ip("-n", namespace(host), "link", "set", "lo", "up");
  }

  private String address(int host) {
    return "10.231." + number + "." + host;
  }

  private String bridge() {
    return "dm-br" + number;
  }

  private String cable(int host) {
    return "dm-v" + number + "-" + host;
  }

  private String namespace(int host) {
    return "dm-agent-" + number + "-" + host;
  }

  @Override
  String kind() {
    return "in a namespace";
  }

  @Override
  List<String> inside(int host) {
    return List.of("ip", "netns", "exec", namespace(host));
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    output(Stream.concat(Stream.of("ip"), Stream.of(words)).toList());
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    return said;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor(10, TimeUnit.SECONDS);
  }
}
