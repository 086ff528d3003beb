package dev.drillmaster.orchestrator;

import dev.drillmaster.process.ProcessId;
import dev.drillmaster.wire.Wire;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to Temporal, and the in-process server behind it if there is no other. */
public final class Orchestrator implements AutoCloseable {

  /** How the name of an in-process server begins; its process follows. */
  public static final String EMBEDDED = "embedded ";

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final String address;
  private final String name;
  private final TestServer.@Nullable PortBoundTestServer server;

  private Orchestrator(
      String address, String name, TestServer.@Nullable PortBoundTestServer server) {
    this.address = address;
    this.name = name;
    this.server = server;
    this.stubs = connected(address);
    this.client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setNamespace("default")
                .setDataConverter(converter())
                .setIdentity("drillmaster " + ProcessId.self().pid())
                .build());
  }

  private static WorkflowServiceStubs connected(String address) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    try {
      stubs.connect(ANSWERS_WITHIN);
      return stubs;
    } catch (RuntimeException silent) {
      stubs.shutdownNow();
      throw silent;
    }
  }

  /** Our mapper for payloads: the one that plans and ledger use. */
  public static DataConverter converter() {
    return DefaultDataConverter.newDefaultInstance()
        .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Wire.json()));
  }

  /**
   * Starts the in-process server on a free loopback port. It has no UI, no schedules, and forgets
   * with this process.
   */
  public static Orchestrator embedded() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port, true);
    return new Orchestrator("127.0.0.1:" + port, EMBEDDED + ProcessId.self(), server);
  }

  /**
   * Connects to a server.
   *
   * @param address {@code HOST:PORT}
   * @throws ServerUnreachable if it does not answer within 10 s
   */
  public static Orchestrator at(String address) {
    try {
      return new Orchestrator(address, address, null);
    } catch (RuntimeException silent) {
      throw new ServerUnreachable(address, silent);
    }
  }

  /** The client for workflows. */
  public WorkflowClient client() {
    return client;
  }

  /** {@code HOST:PORT} of the server. */
  public String address() {
    return address;
  }

  /**
   * How the ledger names this server, see {@link dev.drillmaster.drill.DrillRequest#orchestrator}.
   */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    stubs.awaitTermination(2, TimeUnit.SECONDS);
    if (server != null) {
      server.close();
    }
  }
}
