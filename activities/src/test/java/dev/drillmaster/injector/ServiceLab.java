package dev.drillmaster.injector;

import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.target.ServiceTarget;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A host whose target is a service of several processes. */
final class ServiceLab extends HostLab {

  final Path service;
  final int port;

  ServiceLab(Path directory) throws IOException, InterruptedException {
    super(directory);
    this.service = Files.createDirectories(directory.resolve("service"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    define();
    target().start();
    if (!target().awaitServing(Duration.ofSeconds(20))) {
      close();
      throw new IOException("the test's service does not start");
    }
  }

  ServiceTarget target() throws IOException {
    return ServiceTarget.require(targets.find(TARGET).orElseThrow());
  }

  void define() throws IOException {
    Files.write(
        targets.directory().resolve(TARGET + ".json"),
        Wire.json()
            .writeValueAsBytes(
                Map.of(
                    "kind", "command",
                    "command",
                        DetachedProcess.java(
                            ForkingService.class, 16, List.of(Integer.toString(port))),
                    "directory", service.toString(),
                    "log", directory.resolve("service.log").toString(),
                    "port", port)));
  }

  ProcessTree tree() {
    return new ProcessTree(service);
  }

  @Override
  boolean serves() {
    try (Socket client = new Socket()) {
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 300);
      client.setSoTimeout(300);
      return client.getInputStream().read() == 'y';
    } catch (IOException silent) {
      return false;
    }
  }

  @Override
  void destroyTarget() throws IOException, InterruptedException {
    ProcessKiller.killAll(tree()::members);
  }

  @Override
  void stopTarget() throws IOException, InterruptedException {
    ProcessKiller.killAll(tree()::members);
  }

  int starts() throws IOException {
    return Files.readAllLines(service.resolve("starts.txt")).size();
  }

  boolean allFrozen() {
    List<ProcessId> members = tree().members();
    return !members.isEmpty() && members.stream().allMatch(ProcessId::isFrozen);
  }
}
