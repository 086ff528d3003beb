package dev.drillmaster.orchestrator;

import dev.drillmaster.drill.SearchAttributes;
import dev.drillmaster.home.Home;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to Temporal, and the server behind it if it is one of ours. */
public final class Orchestrator implements AutoCloseable {

  /** How the name of an in-process server begins; its process follows. */
  public static final String EMBEDDED = "embedded ";

  /** The name of the dev server of the home that the ledger is in; its port may change. */
  public static final String HOME = "home";

  private static final Logger LOG = LoggerFactory.getLogger(Orchestrator.class);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  /** One that was left behind answers at once, or is frozen or broken. */
  private static final Duration STILL_ANSWERS = Duration.ofSeconds(2);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final Reached reached;
  private final Behind behind;

  /**
   * What is reached.
   *
   * @param name see {@link #name}
   * @param address {@code HOST:PORT}
   * @param namespace on that server
   * @param ui where its UI is, if that is known here; else empty
   */
  private record Reached(String name, String address, String namespace, String ui) {

    static Reached ours(String name, String address, String ui) {
      return new Reached(name, address, TemporalProfile.DEFAULT_NAMESPACE, ui);
    }
  }

  /** The server, as far as it is ours. */
  private interface Behind {
    /** Those of others, and the in-process one, are not ours to start again. */
    Behind OTHERS = () -> {};

    void end();

    default boolean isRunning() {
      return true;
    }

    default void startAgain() throws IOException, InterruptedException {}
  }

  /** The dev server of a home, and what starts it. */
  private record OfHome(HomeServer server, TemporalCommand temporal) implements Behind {
    @Override
    public void end() {
      server.close();
    }

    @Override
    public boolean isRunning() {
      return server.isRunning();
    }

    @Override
    public void startAgain() throws IOException, InterruptedException {
      server.start(temporal);
    }
  }

  private Orchestrator(Reached reached, WorkflowServiceStubs stubs, Behind behind) {
    this.reached = reached;
    this.behind = behind;
    this.stubs = stubs;
    this.client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setNamespace(reached.namespace())
                .setDataConverter(converter())
                .setIdentity("drillmaster " + ProcessId.self().pid())
                .build());
  }

  private static WorkflowServiceStubs connected(
      WorkflowServiceStubsOptions options, Duration within) {
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options);
    try {
      stubs.connect(within);
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
    String address = "127.0.0.1:" + port;
    return new Orchestrator(
        Reached.ours(EMBEDDED + ProcessId.self(), address, ""),
        connected(plain(address), ANSWERS_WITHIN),
        server::close);
  }

  /**
   * Starts the dev server of a home, or takes the one that a killed program left behind. It ends
   * when this is closed, and its database stays.
   *
   * @throws IOException if it cannot be started, saying what to do
   */
  public static Orchestrator ofHome(Home home, TemporalCommand temporal)
      throws IOException, InterruptedException {
    HomeServer server = HomeServer.of(home);
    Optional<ServerPorts> left = server.leftBehind();
    if (left.isPresent()) {
      try {
        return ofHome(new OfHome(server, temporal), left.get(), STILL_ANSWERS);
      } catch (RuntimeException frozenOrBroken) {
        LOG.warn("the dev server that was left behind does not answer: starting it anew");
      }
    }
    ServerPorts started = server.start(temporal);
    try {
      return ofHome(new OfHome(server, temporal), started, ANSWERS_WITHIN);
    } catch (RuntimeException silent) {
      server.stop();
      throw new IOException("the Temporal dev server of this home does not answer", silent);
    }
  }

  private static Orchestrator ofHome(OfHome server, ServerPorts ports, Duration within)
      throws IOException, InterruptedException {
    Orchestrator orchestrator =
        new Orchestrator(
            Reached.ours(HOME, ports.address(), ports.uiAddress()),
            connected(plain(ports.address()), within),
            server);
    try {
      Retention.keep(orchestrator.stubs);
      NamespaceAttributes.await(orchestrator.stubs, TemporalProfile.DEFAULT_NAMESPACE);
      return orchestrator;
    } catch (IOException | InterruptedException | RuntimeException silent) {
      orchestrator.close();
      throw silent;
    }
  }

  /**
   * Connects to a server of others, with the settings of the Temporal CLI.
   *
   * @param server {@code HOST:PORT}, for the namespace that those settings name, or the name of a
   *     server as the ledger has it
   * @throws ServerUnreachable if it does not answer within 10 s
   */
  public static Orchestrator at(String server) {
    TemporalProfile profile = TemporalProfile.load(System.getenv());
    int slash = server.indexOf('/');
    String address = slash < 0 ? server : server.substring(0, slash);
    String namespace = slash < 0 ? profile.namespace() : server.substring(slash + 1);
    String name =
        namespace.equals(TemporalProfile.DEFAULT_NAMESPACE) ? address : address + "/" + namespace;
    WorkflowServiceStubsOptions options = profile.stubs(address);
    try {
      return new Orchestrator(
          new Reached(name, address, namespace, ""),
          connected(options, ANSWERS_WITHIN),
          Behind.OTHERS);
    } catch (RuntimeException silent) {
      throw new ServerUnreachable(name, silent);
    }
  }

  /**
   * Connects to the server that another program of this home works for.
   *
   * @param name see {@link #name}
   * @param address {@code HOST:PORT}
   * @throws ServerUnreachable if it does not answer within 10 s
   */
  public static Orchestrator beside(String name, String address) {
    if (!name.startsWith(EMBEDDED) && !name.equals(HOME)) {
      return at(name);
    }
    try {
      return new Orchestrator(
          Reached.ours(name, address, ""),
          connected(plain(address), ANSWERS_WITHIN),
          Behind.OTHERS);
    } catch (RuntimeException silent) {
      throw new ServerUnreachable(address, silent);
    }
  }

  /**
   * Connects once more to a server on which something was left behind; the dev server of the home
   * is started for that, and ends when this is closed.
   *
   * @param name see {@link #name}; not that of an in-process server, which forgot everything
   * @throws ServerUnreachable if it does not answer, or cannot be started
   */
  public static Orchestrator again(String name, Home home) throws InterruptedException {
    if (!name.equals(HOME)) {
      return at(name);
    }
    TemporalCommand temporal =
        TemporalCommand.find(System.getenv())
            .orElseThrow(() -> ServerUnreachable.ofHome(TemporalCommand.MISSING));
    if (!HomeServer.of(home).exists()) {
      throw ServerUnreachable.ofHome("its database is gone");
    }
    try {
      return ofHome(home, temporal);
    } catch (IOException cannot) {
      throw ServerUnreachable.ofHome(String.valueOf(cannot.getMessage()));
    }
  }

  private static WorkflowServiceStubsOptions plain(String address) {
    return WorkflowServiceStubsOptions.newBuilder().setTarget(address).build();
  }

  /** The client for workflows. */
  public WorkflowClient client() {
    return client;
  }

  /** {@code HOST:PORT} of the server. */
  public String address() {
    return reached.address();
  }

  /** Where its UI is; empty if it has none or only its owner knows. */
  public Optional<String> ui() {
    return Optional.of(reached.ui()).filter(known -> !known.isEmpty());
  }

  /**
   * How the ledger names this server, see {@link dev.drillmaster.drill.DrillRequest#orchestrator}.
   */
  public String name() {
    return reached.name();
  }

  /**
   * The options of {@code temporal operator search-attribute create} for what operators should find
   * runs by and cannot yet; empty if nothing is missing.
   */
  public String missingSearchAttributes() {
    // An in-process server has no list of runs.
    return reached.name().startsWith(EMBEDDED)
        ? NamespaceAttributes.options(SearchAttributes.ALL)
        : NamespaceAttributes.options(NamespaceAttributes.missing(stubs, reached.namespace()));
  }

  /** Whether its server runs, if that is one of ours; one of others is not looked at. */
  public boolean isRunning() {
    return behind.isRunning();
  }

  /** Starts a server of ours that has died, in the same place. */
  public void startAgain() throws IOException, InterruptedException {
    behind.startAgain();
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    stubs.awaitTermination(2, TimeUnit.SECONDS);
    behind.end();
  }
}
