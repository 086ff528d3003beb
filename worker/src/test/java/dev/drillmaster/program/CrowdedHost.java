package dev.drillmaster.program;

import dev.drillmaster.home.Home;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A host with an agent and many small services, each of them a target that may be frozen. */
final class CrowdedHost {

  final String name;
  final Home home;
  private final Path policy;
  private final List<ProcessId> services = new ArrayList<>();

  /** Starts its services, and writes a policy that allows freezing them. */
  CrowdedHost(Path parent, String name, int size) throws IOException {
    Path directory = Files.createDirectories(parent.resolve(name));
    this.name = name;
    this.home = new Home(directory.resolve("home"));
    this.policy = directory.resolve("policy.yaml");
    StringBuilder allowed = new StringBuilder();
    allowed.append("host: ").append(name).append("\nfaults: [process-tree]\n");
    allowed.append("longestLease: 30s\nlongestHold: 15m\ntargets:\n");
    for (int i = 0; i < size; i++) {
      Path service = Files.createDirectories(directory.resolve(target(i)));
      Process process =
          DetachedProcess.start(
              List.of("sleep", "1000000"), Map.of(), service, service.resolve("log"));
      services.add(ProcessId.of(process.pid()).orElseThrow());
      allowed.append(
          "  %s: {kind: command, directory: %s, command: [sleep, \"1000000\"]}\n"
              .formatted(target(i), service));
    }
    Files.writeString(policy, allowed);
  }

  static String target(int number) {
    return "service-" + number;
  }

  void startAgent(DrilledHome drilled, String temporal) throws IOException, InterruptedException {
    DrilledHome.Started agent =
        drilled.start(
            "agent",
            "--host",
            name,
            "--policy",
            policy.toString(),
            "--temporal",
            temporal,
            "--home",
            home.root().toString());
    DrilledHome.await(() -> agent.said().contains("Ctrl-C ends it") || !agent.process().isAlive());
    if (!agent.process().isAlive()) {
      throw new IOException("the agent of " + name + " has ended: " + agent.said());
    }
  }

  HostJournal journal() {
    return new HostJournal(home.journal());
  }

  /** How many of its services are frozen; what was not killed keeps its pid. */
  long frozen() {
    return services.stream().filter(ProcessId::isFrozen).count();
  }

  /** Ends its services; its agent must be over, and with it all watchdogs. */
  void close() throws IOException {
    Signal.KILL.send(services);
  }
}
