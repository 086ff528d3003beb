package dev.drillmaster.lab;

import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.lab.LabStatus.Part;
import dev.drillmaster.postgres.NodeObservation;
import dev.drillmaster.postgres.NodeObservation.NodeRole;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.Replication;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.proxy.ProxyControl;
import dev.drillmaster.proxy.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One look at all parts of the lab. It changes nothing and starts nothing. */
final class LabLook {

  private final LabFiles files;
  private final HostJournal journal;
  private final Map<String, PostgresServer> nodes;
  private final Map<String, NodeObservation> seen = new LinkedHashMap<>();
  private final Optional<LabPorts> ports;

  LabLook(LabFiles files, HostJournal journal, Map<String, PostgresServer> nodes)
      throws IOException {
    this.files = files;
    this.journal = journal;
    this.nodes = nodes;
    this.ports = LabPorts.read(files);
    for (Map.Entry<String, PostgresServer> node : nodes.entrySet()) {
      seen.put(node.getKey(), node.getValue().observe());
    }
  }

  LabStatus status() throws IOException, InterruptedException {
    Optional<String> primary = primary();
    List<Part> parts = new ArrayList<>();
    for (String node : LabFiles.NODES) {
      parts.add(node(node));
    }
    Optional<Upstream> upstream = upstream();
    parts.add(program(LabFiles.PROXY, LabFiles.ROUTE, proxyRole(upstream)));
    boolean serving = true;
    for (String service : LabFiles.instances()) {
      Health health = health(service);
      serving &= health.ok();
      parts.add(program(service, service, health.text()));
    }
    boolean made = Files.exists(files.ports()) || parts.stream().anyMatch(Part::running);
    return new LabStatus(made, parts, primary, paired(primary, upstream), serving);
  }

  private Optional<String> primary() {
    List<String> writable =
        LabFiles.NODES.stream().filter(node -> observation(node).writable()).toList();
    return writable.size() == 1 ? Optional.of(writable.get(0)) : Optional.empty();
  }

  private boolean paired(Optional<String> primary, Optional<Upstream> upstream) throws IOException {
    if (primary.isEmpty() || LabFiles.NODES.stream().anyMatch(this::fenced)) {
      return false;
    }
    String standby = other(primary.get());
    return !observation(primary.get()).frozen()
        && !observation(standby).frozen()
        && streams(standby)
        && upstream.equals(Optional.of(address(primary.get())));
  }

  private boolean streams(String standby) throws IOException {
    String primary = other(standby);
    return server(standby).exists()
        && server(primary).exists()
        && new Replication(server(standby))
            .streams(observation(standby), observation(primary), server(primary));
  }

  private Part node(String name) throws IOException {
    PostgresServer server = server(name);
    NodeObservation observation = observation(name);
    Long pid = server.postmaster().map(ProcessId::pid).orElse(null);
    return new Part(name, observation.running(), pid, nodePort(name), nodeRole(name), fenced(name));
  }

  private String nodeRole(String name) throws IOException {
    NodeObservation observation = observation(name);
    if (!server(name).exists()) {
      return "not made yet";
    }
    if (!observation.running()) {
      return "down";
    }
    if (observation.frozen()) {
      return "frozen";
    }
    if (observation.role().isEmpty()) {
      return "does not answer: " + observation.detail();
    }
    NodeRole role = observation.role().get();
    String timeline = ", timeline " + role.timeline();
    if (role.inRecovery()) {
      return (streams(name) ? "standby, streams from " + other(name) : "standby, does not stream")
          + timeline;
    }
    return (role.writable() ? "primary" : "primary, read-only") + timeline;
  }

  private @Nullable Integer nodePort(String name) throws IOException {
    return server(name).exists() ? (Integer) server(name).settings().port() : port(name);
  }

  private @Nullable Integer port(String name) {
    return ports.map(known -> known.of(name)).orElse(null);
  }

  private Part program(String name, String portName, String role) {
    List<ProcessId> members = members(name);
    boolean frozen = members.stream().anyMatch(ProcessId::isFrozen);
    return new Part(
        name,
        !members.isEmpty(),
        members.isEmpty() ? null : (Long) members.get(0).pid(),
        port(portName),
        members.isEmpty() ? "down" : frozen ? "frozen" : role,
        fenced(name));
  }

  private Health health(String service) throws InterruptedException {
    Integer port = port(service);
    List<ProcessId> members = members(service);
    if (port == null || members.isEmpty() || members.stream().anyMatch(ProcessId::isFrozen)) {
      return Health.UNKNOWN;
    }
    return Health.ask(port);
  }

  private Optional<Upstream> upstream() throws InterruptedException {
    List<ProcessId> members = members(LabFiles.PROXY);
    if (members.isEmpty() || members.stream().anyMatch(ProcessId::isFrozen)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ProxyControl.in(files.home(LabFiles.PROXY)).route(LabFiles.ROUTE).upstream());
    } catch (IOException silent) {
      return Optional.empty();
    }
  }

  private String proxyRole(Optional<Upstream> upstream) throws IOException {
    if (upstream.isEmpty()) {
      return "does not answer";
    }
    for (String node : LabFiles.NODES) {
      if (server(node).exists() && address(node).equals(upstream.get())) {
        return "route " + LabFiles.ROUTE + " leads to " + node;
      }
    }
    return "route " + LabFiles.ROUTE + " leads to " + upstream.get();
  }

  private Upstream address(String node) throws IOException {
    return new Upstream("127.0.0.1", server(node).settings().port());
  }

  private List<ProcessId> members(String program) {
    return new ProcessTree(files.work(program)).members();
  }

  private boolean fenced(String part) {
    return journal.fenceOf(part).isPresent();
  }

  private static String other(String node) {
    return LabFiles.NODES.get(LabFiles.NODES.get(0).equals(node) ? 1 : 0);
  }

  private PostgresServer server(String node) {
    return known(nodes, node);
  }

  private NodeObservation observation(String node) {
    return known(seen, node);
  }

  private static <T> T known(Map<String, T> map, String node) {
    return Optional.ofNullable(map.get(node)).orElseThrow();
  }
}
