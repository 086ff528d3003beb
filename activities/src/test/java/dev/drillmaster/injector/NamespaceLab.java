package dev.drillmaster.injector;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.BoundedCommand;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.target.TargetDefinition;
import dev.drillmaster.tier.Tier;
import dev.drillmaster.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A host and a peer, each in a network namespace of its own, with two cables between them and
 * nothing else: eth0, and eth1 whose queue somebody else uses.
 */
final class NamespaceLab extends HostLab {

  static final String PEER = "10.231.7.2";
  static final int PORT = 7000;
  static final int OTHER_PORT = 7001;

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final String question;
  private final List<Process> inside = new ArrayList<>();
  private final Process asking;

  /**
   * Makes it.
   *
   * @param bytes how much is sent and must come back in time, when it is asked whether it serves
   * @param millis the time
   */
  NamespaceLab(Path directory, int bytes, int millis) throws IOException, InterruptedException {
    super(directory);
    boolean root = "root".equals(System.getProperty("user.name"));
    Tier.need(root, "root, to make network namespaces", "run the tests as root");
    Tier.need(BoundedCommand.find("ip").isPresent(), "ip(8)", "apt-get install iproute2");
    Tier.need(BoundedCommand.find("nft").isPresent(), "nft(8)", "apt-get install nftables");
    this.question = "new " + PORT + " " + bytes + " " + millis;
    try {
      makeNetwork();
      var unused = peer(there(), "echo", "" + PORT, "" + OTHER_PORT);
      this.asking = peer(here(), "ask", PEER, "" + PORT);
    } catch (IOException | InterruptedException failed) {
      stopTarget();
      throw failed;
    }
  }

  private void makeNetwork() throws IOException, InterruptedException {
    run("ip", "netns", "add", host());
    run("ip", "netns", "add", host() + "-peer");
    for (int cable = 0; cable < 2; cable++) {
      String name = "eth" + cable;
      List<String> link = List.of("ip", "-n", host(), "link", "add", name, "type", "veth");
      run(link, List.of("peer", "name", name, "netns", host() + "-peer"));
    }
    for (String each : List.of(host(), host() + "-peer")) {
      String address = each.equals(host()) ? "10.231.7.1/24" : PEER + "/24";
      run("ip", "-n", each, "addr", "add", address, "dev", "eth0");
      for (String device : List.of("lo", "eth0", "eth1")) {
        run("ip", "-n", each, "link", "set", device, "up");
      }
    }
    inHost("nft", "add table inet theirs");
    inHost("nft", "add chain inet theirs c { type filter hook input priority 0; }");
    inHost("nft", "add rule inet theirs c tcp dport 9 drop");
    inHost(
        "tc qdisc add dev eth1 root handle 7: tbf rate 1gbit burst 64kb limit 64kb".split(" ", -1));
  }

  /** The name of the namespace that is the host's. */
  String host() {
    return "dm-h-" + id;
  }

  /** What to put in front of a command that is to run on the host. */
  List<String> here() {
    return List.of("ip", "netns", "exec", host());
  }

  private List<String> there() {
    return List.of("ip", "netns", "exec", host() + "-peer");
  }

  /** What a command on the host prints. */
  String inHost(String... command) throws IOException, InterruptedException {
    return run(here(), List.of(command));
  }

  /** What a command on the peer prints. */
  String inPeer(String... command) throws IOException, InterruptedException {
    return run(there(), List.of(command));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    return run(List.of(command), List.of());
  }

  private static String run(List<String> command, List<String> more)
      throws IOException, InterruptedException {
    List<String> words = Stream.concat(command.stream(), more.stream()).toList();
    BoundedCommand.Output output = BoundedCommand.run(words, "", LIMIT);
    if (!output.succeeded()) {
      throw new IOException(words + ": " + output.complaint());
    }
    return output.out();
  }

  private Process peer(List<String> where, String... arguments) throws IOException {
    Process process = start(where, NetworkPeer.class, List.of(arguments));
    String first = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (!"ready".equals(first)) {
      throw new IOException(arguments[0] + " does not start: see " + directory);
    }
    return process;
  }

  private Process start(List<String> where, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(where);
    DetachedProcess.java(main, 64, arguments).stream()
        // What measures the coverage is not reached from another network.
        .filter(word -> !word.startsWith("-javaagent:"))
        .filter(word -> !word.startsWith("-Ddrillmaster.childJvmArgs="))
        .forEach(command::add);
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(directory.resolve("other.log").toFile())
            .start();
    inside.add(process);
    return process;
  }

  /** A process on the host that acts on it, as {@link HostLab#process} makes them elsewhere. */
  Process processInHost(String action, InjectionSpec spec) throws IOException {
    return start(here(), OtherProcess.class, arguments(action, spec));
  }

  private List<String> arguments(String action, InjectionSpec spec) throws IOException {
    return List.of(
        action,
        journal.directory().toString(),
        targets.directory().toString(),
        Wire.json().writeValueAsString(spec));
  }

  /** What an agent on the host that is connected with the peer says to this injection. */
  String prepareWhileConnected(InjectionSpec spec) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(arguments("prepare", spec));
    arguments.addAll(List.of(PEER, "" + PORT));
    Process process = start(here(), NetworkPeer.class, arguments);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** Another target than that of the contract. */
  InjectionSpec spec(String target, TargetDefinition definition, InjectionSpec like)
      throws IOException {
    targets.define(target, definition);
    return new InjectionSpec(
        UUID.randomUUID(),
        like.runId(),
        "2",
        like.fault(),
        target,
        like.host(),
        like.lease(),
        like.longest());
  }

  /** "ok", "silent", "refused", or "gone" if nobody is there who could ask. */
  synchronized String ask(String line) {
    try {
      OutputStream to = asking.getOutputStream();
      to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      to.flush();
      BufferedReader answers = asking.inputReader(StandardCharsets.UTF_8);
      String answer = answers.readLine();
      return answer == null ? "gone" : answer;
    } catch (IOException dead) {
      return "gone";
    }
  }

  String ask() {
    return ask(question);
  }

  /** Of the connection that was made before all faults. */
  String askKept(Duration limit) {
    return ask("kept " + limit.toMillis());
  }

  @Override
  boolean serves() {
    return ask().equals("ok");
  }

  boolean isSilent() {
    return ask().equals("silent");
  }

  @Override
  void destroyTarget() throws IOException, InterruptedException {
    endProcesses();
    run("ip", "netns", "del", host());
  }

  @Override
  void stopTarget() throws IOException, InterruptedException {
    endProcesses();
    for (String each : List.of(host(), host() + "-peer")) {
      BoundedCommand.run(List.of("ip", "netns", "del", each), "", LIMIT);
    }
  }

  private void endProcesses() throws InterruptedException {
    for (Process process : inside) {
      process.destroyForcibly().waitFor();
    }
  }
}
