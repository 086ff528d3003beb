package dev.drillmaster.program;

import dev.drillmaster.home.FreePort;
import dev.drillmaster.orchestrator.HomeServer;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.orchestrator.ServerUnreachable;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import dev.drillmaster.tier.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The dev server of the Temporal CLI. */
final class DevServer implements TemporalServer {

  private static final Duration READY = Duration.ofSeconds(40);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ProcessBuilder command;
  private final String address;
  private Process process;

  private DevServer(ProcessBuilder command, String address) throws IOException {
    this.command = command;
    this.address = address;
    this.process = command.start();
  }

  /** Starts one, with its database file in a directory. */
  static DevServer start(Path directory) throws IOException, InterruptedException {
    return start(directory, "127.0.0.1", "127.0.0.1");
  }

  /**
   * The same for clients that are not on loopback.
   *
   * @param ip where it listens; its parts find each other on loopback, which must be among it
   * @param address where clients find it
   */
  static DevServer start(Path directory, String ip, String address)
      throws IOException, InterruptedException {
    Path temporal = Tier.needTemporal();
    String port = Integer.toString(FreePort.choose());
    List<String> command =
        new ArrayList<>(
            List.of(temporal.toString(), "server", "start-dev", "--headless", "--ip", ip));
    command.addAll(List.of("--port", port, "--log-level", "error"));
    command.addAll(List.of("--db-filename", directory.resolve("temporal.db").toString()));
    command.addAll(HomeServer.OPTIONS);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("temporal.log").toFile()));
    DevServer server = new DevServer(builder, address + ":" + port);
    server.awaitReady();
    return server;
  }

  /** After {@link #stop}: in the same place, with all that it knew. */
  void startAgain() throws IOException, InterruptedException {
    process = command.start();
    awaitReady();
  }

  private void awaitReady() throws IOException, InterruptedException {
    if (!Poll.until(READY, LOOK, this::answers)) {
      stop();
      throw new IOException("the Temporal server is not ready: " + command.command());
    }
  }

  private boolean answers() {
    try (Orchestrator client = Orchestrator.at(address)) {
      client.client().getWorkflowServiceStubs().healthCheck();
      return true;
    } catch (ServerUnreachable notYet) {
      return false;
    }
  }

  @Override
  public String address() {
    return address;
  }

  void freeze() throws IOException {
    Signal.STOP.send(ProcessId.of(process.pid()).stream().toList());
  }

  void thaw() throws IOException {
    Signal.CONT.send(ProcessId.of(process.pid()).stream().toList());
  }

  /** Killed, not asked. */
  @Override
  public void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
