package dev.drillmaster.program;

import dev.drillmaster.home.FreePort;
import dev.drillmaster.orchestrator.Orchestrator;
import dev.drillmaster.orchestrator.ServerUnreachable;
import dev.drillmaster.postgres.DataChecksums;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.postgres.PostgresBinaries;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.PostgresSettings;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.tier.Tier;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The server that Temporal is operated with, all its services in one process, on a PostgreSQL of
 * its own.
 */
final class ProductionServer implements TemporalServer {

  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String NAMESPACE = "default";
  private static final String VERSION = "v1.31.2";

  /** As shipped, 20 tasks of a kind a second and shard; the same as the dev server is given. */
  private static final String DYNAMIC_CONFIG =
      Stream.of("transfer", "timer", "visibility")
          .map(queue -> "history.%sProcessorMaxPollRPS: [{value: 2000}]\n".formatted(queue))
          .reduce("", String::concat);

  private final Path directory;
  private final PostgresServer database;
  private final int port;

  private ProductionServer(Path directory, PostgresServer database, int port) {
    this.directory = directory;
    this.database = database;
    this.port = port;
  }

  /** Starts one in a directory. */
  static ProductionServer start(Path directory, Path binaries)
      throws IOException, InterruptedException, SQLException {
    Path program = program("server", "go.temporal.io/server/cmd/server");
    Path tool = program("sql", "go.temporal.io/server/cmd/tools/sql");
    Files.createDirectories(directory.resolve("work"));
    Passwords passwords = new Passwords(directory.resolve("passwords"));
    PostgresServer database =
        PostgresServer.of(
            PostgresBinaries.install(binaries), directory.resolve("database"), passwords);
    ProductionServer server = new ProductionServer(directory, database, FreePort.choose());
    try {
      server.startDatabase();
      server.makeSchema(tool, "temporal", "temporal");
      server.makeSchema(tool, "temporal_visibility", "visibility");
      server.startServer(program);
      return server;
    } catch (IOException | InterruptedException | RuntimeException failed) {
      server.stop();
      throw failed;
    }
  }

  private static Path program(String name, String source) {
    Path file = Path.of(System.getProperty("user.home"), "go", "bin", name);
    Tier.need(Files.isExecutable(file), file.toString(), "go install " + source + "@" + VERSION);
    return file;
  }

  private void startDatabase() throws IOException, InterruptedException {
    database.initialise(
        PostgresSettings.small("temporal", FreePort.choose()).with("max_connections", "200"),
        DataChecksums.ON);
    database.start(Duration.ofSeconds(10));
    database.awaitReady(READY);
  }

  private void makeSchema(Path tool, String name, String schema)
      throws IOException, InterruptedException {
    sql(tool, name, "create-database");
    sql(tool, name, "setup-schema", "--version", "0.0");
    sql(tool, name, "update-schema", "--schema-name", "postgresql/v12/" + schema);
  }

  private void sql(Path tool, String name, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(tool.toString(), "--plugin", "postgres12", "--endpoint", "127.0.0.1"));
    command.addAll(List.of("--port", Integer.toString(database.settings().port())));
    command.addAll(List.of("--user", Passwords.SUPERUSER, "--database", name));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SQL_PASSWORD", database.passwords().read(Passwords.SUPERUSER));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(READY.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(command + " failed: " + said);
    }
  }

  private void startServer(Path program) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "start")
            .directory(directory.resolve("work").toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("temporal.log").toFile());
    builder.environment().putAll(environment());
    builder.start();
    if (!Poll.until(READY, LOOK, this::answers)) {
      throw new IOException(
          "the Temporal server is not ready: "
              + Files.readString(directory.resolve("temporal.log")));
    }
  }

  private Map<String, String> environment() throws IOException {
    Path dynamic = Files.writeString(directory.resolve("dynamic.yaml"), DYNAMIC_CONFIG);
    Map<String, String> environment = new HashMap<>();
    // Of its two drivers for PostgreSQL the one that keeps statements prepared.
    environment.put("DB", "postgres12_pgx");
    environment.put("DB_PORT", Integer.toString(database.settings().port()));
    environment.put("POSTGRES_SEEDS", "127.0.0.1");
    environment.put("POSTGRES_USER", Passwords.SUPERUSER);
    environment.put("POSTGRES_PWD", database.passwords().read(Passwords.SUPERUSER));
    environment.put("DBNAME", "temporal");
    environment.put("VISIBILITY_DBNAME", "temporal_visibility");
    environment.put("BIND_ON_IP", "127.0.0.1");
    environment.put("TEMPORAL_BROADCAST_ADDRESS", "127.0.0.1");
    environment.put("TEMPORAL_ALLOW_NO_AUTH", "true");
    environment.put("DYNAMIC_CONFIG_FILE_PATH", dynamic.toString());
    environment.put("LOG_LEVEL", "error");
    environment.put("FRONTEND_GRPC_PORT", Integer.toString(port));
    for (String service : List.of("HISTORY", "MATCHING", "WORKER")) {
      environment.put(service + "_GRPC_PORT", Integer.toString(FreePort.choose()));
    }
    for (String service : List.of("FRONTEND", "HISTORY", "MATCHING", "WORKER")) {
      environment.put(service + "_MEMBERSHIP_PORT", Integer.toString(FreePort.choose()));
    }
    environment.put("FRONTEND_HTTP_PORT", Integer.toString(FreePort.choose()));
    return environment;
  }

  /** Whether its one namespace can be used, which a new server lacks. */
  private boolean answers() {
    try (Orchestrator connected = Orchestrator.at(address())) {
      WorkflowServiceGrpc.WorkflowServiceBlockingStub service =
          connected.client().getWorkflowServiceStubs().blockingStub();
      register(service);
      // Its parts hear of a new namespace seconds later.
      service.countWorkflowExecutions(
          CountWorkflowExecutionsRequest.newBuilder().setNamespace(NAMESPACE).build());
      return true;
    } catch (ServerUnreachable | StatusRuntimeException notYet) {
      return false;
    }
  }

  private static void register(WorkflowServiceGrpc.WorkflowServiceBlockingStub service) {
    try {
      service.registerNamespace(
          RegisterNamespaceRequest.newBuilder()
              .setNamespace(NAMESPACE)
              .setWorkflowExecutionRetentionPeriod(
                  com.google.protobuf.Duration.newBuilder().setSeconds(TimeUnit.DAYS.toSeconds(1)))
              .build());
    } catch (StatusRuntimeException known) {
      if (known.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw known;
      }
    }
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    new ProcessTree(directory.resolve("work")).kill(READY);
    if (database.exists()) {
      database.kill(READY);
    }
  }
}
