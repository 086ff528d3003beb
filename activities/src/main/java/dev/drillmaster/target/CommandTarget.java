package dev.drillmaster.target;

import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A service that a command starts and that works in one directory. It serves when its port on
 * loopback accepts a connection, or, without a port, when a process of it runs; never while one of
 * its processes is frozen (the kernel accepts connections for a frozen process).
 */
final class CommandTarget implements ServiceTarget {

  private static final Duration POLL = Duration.ofMillis(10);
  private static final int CONNECT_MILLIS = 500;

  private final String name;
  private final CommandDefinition definition;

  CommandTarget(String name, CommandDefinition definition) {
    this.name = name;
    this.definition = definition;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "service " + definition.command().get(0) + " in " + definition.directory();
  }

  @Override
  public ProcessTree tree() {
    return new ProcessTree(definition.directory());
  }

  @Override
  public void start() throws IOException {
    Path log =
        definition.log() == null ? definition.directory().resolve("service.log") : definition.log();
    DetachedProcess.start(definition.command(), Map.of(), definition.directory(), log);
  }

  @Override
  public boolean awaitServing(Duration limit) throws IOException, InterruptedException {
    return Poll.until(limit, POLL, this::serves);
  }

  private boolean serves() {
    List<ProcessId> members = tree().members();
    return !members.isEmpty()
        && members.stream().noneMatch(ProcessId::isFrozen)
        && (definition.port() == null || accepts(definition.port()));
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** A command has no role that could be asked for: while it runs, nobody knows. */
  @Override
  public Writable writable() {
    return tree().members().isEmpty() ? Writable.NO : Writable.UNKNOWN;
  }
}
