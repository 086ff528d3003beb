package dev.drillmaster.program;

import dev.drillmaster.home.Home;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.journal.OpenInjection;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A host in a directory: a home for its agent, a policy, and a small service that runs there. */
final class AgentRoom {

  static final String TARGET = "payments";

  private static final List<String> SERVICE = List.of("sh", "-c", "while sleep 0.2; do :; done");

  final String host;
  final Home home;
  private final Path directory;
  private final Path service;
  private final List<String> prefix;

  /**
   * A host of this name.
   *
   * @param prefix what programs of this host are started by, such as {@code ip netns exec NAME}
   */
  AgentRoom(Path parent, String host, List<String> prefix) throws IOException {
    this.host = host;
    this.directory = Files.createDirectories(parent.resolve(host));
    this.home = new Home(directory.resolve("home"));
    this.service = Files.createDirectories(directory.resolve("service"));
    this.prefix = prefix;
    allow("process-tree");
    List<String> command = new ArrayList<>(prefix);
    command.addAll(SERVICE);
    DetachedProcess.start(command, Map.of(), service, directory.resolve("service.log"));
  }

  /** Writes a policy that allows this fault. */
  void allow(String fault) throws IOException {
    Files.writeString(
        policy(),
        """
        host: %s
        faults: [%s]
        targets:
          %s: {kind: command, directory: %s, command: [sh, -c, "while sleep 0.2; do :; done"]}
        """
            .formatted(host, fault, TARGET, service));
  }

  /** Writes a policy that allows nothing and names no target. */
  void forbidAll() throws IOException {
    Files.writeString(policy(), "host: " + host + "\n");
  }

  private Path policy() {
    return directory.resolve("policy.yaml");
  }

  /** Starts its agent, and waits until it works or ends. */
  DrilledHome.Started start(DrilledHome drilled, String temporal)
      throws IOException, InterruptedException {
    return start(drilled, temporal, home);
  }

  /** The same with another home. */
  DrilledHome.Started start(DrilledHome drilled, String temporal, Home other)
      throws IOException, InterruptedException {
    DrilledHome.Started agent = agent(prefix, drilled, temporal, other);
    DrilledHome.await(() -> agent.said().contains("Ctrl-C ends it") || !agent.process().isAlive());
    return agent;
  }

  /** Starts its agent by another program, and does not wait. */
  DrilledHome.Started startBy(List<String> by, DrilledHome drilled, String temporal)
      throws IOException {
    return agent(by, drilled, temporal, home);
  }

  private DrilledHome.Started agent(List<String> by, DrilledHome drilled, String temporal, Home in)
      throws IOException {
    return drilled.start(
        by,
        "agent",
        "--host",
        host,
        "--policy",
        policy().toString(),
        "--temporal",
        temporal,
        "--home",
        in.root().toString());
  }

  HostJournal journal() {
    return new HostJournal(home.journal());
  }

  /** All injections that its journal ever saw. */
  List<UUID> injections() throws IOException {
    Path all = home.journal().resolve("injections");
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(all)) {
      return entries.map(entry -> UUID.fromString(entry.getFileName().toString())).toList();
    }
  }

  /** Where the service works. */
  Path service() {
    return service;
  }

  boolean frozen() {
    List<ProcessId> members = members();
    return !members.isEmpty() && members.stream().allMatch(ProcessId::isFrozen);
  }

  boolean runs() {
    List<ProcessId> members = members();
    return !members.isEmpty() && members.stream().noneMatch(ProcessId::isFrozen);
  }

  private List<ProcessId> members() {
    return new ProcessTree(service).members();
  }

  /** Ends its service, its watchdogs first: they would start it again. */
  void close() throws IOException {
    List<ProcessId> watchdogs = new ArrayList<>();
    for (OpenInjection open : journal().open()) {
      journal().watchdog(open.id()).ifPresent(watchdogs::add);
    }
    Signal.KILL.send(watchdogs.stream().filter(ProcessId::isRunning).toList());
    Signal.KILL.send(members());
  }
}
