package dev.drillmaster.injector;

import dev.drillmaster.postgres.DataChecksums;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.postgres.PostgresBinaries;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.PostgresSettings;
import dev.drillmaster.target.PostgresTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A host whose target is a PostgreSQL server with few connections, one role and one table. */
final class DatabaseLab extends HostLab {

  /** What a client is told when there is no connection for it, and when it waited in vain. */
  static final String TOO_MANY = "53300";

  static final String WAITED = "57014";

  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final String ROLE = "app";

  private final PostgresServer server;

  /** Of a server that is started if it does not run. */
  DatabaseLab(Path directory, PostgresServer server) throws IOException, InterruptedException {
    super(directory);
    this.server = server;
    server.start(BOUND);
    server.awaitReady(BOUND);
    targets.define(
        TARGET,
        new PostgresTarget.Definition(server.bin(), server.home(), server.passwords().directory()));
  }

  /** A server with nine connections for ordinary roles, for several labs one after the other. */
  static PostgresServer server(Path directory)
      throws IOException, SQLException, InterruptedException {
    Path bin = PostgresBinaries.install(Path.of("target", "postgres-tests", "programs"));
    Passwords passwords = new Passwords(directory.resolve("passwords"));
    PostgresServer server =
        PostgresServer.of(bin.toAbsolutePath(), directory.resolve("server"), passwords);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server.initialise(
        PostgresSettings.small("contract", port).with("max_connections", "12"), DataChecksums.ON);
    server.start(BOUND);
    server.awaitReady(BOUND);
    passwords.create(ROLE);
    try (Connection connection = server.connect("postgres", BOUND);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE app LOGIN PASSWORD '" + passwords.verifier(ROLE) + "'");
      statement.execute("CREATE TABLE account (id int PRIMARY KEY)");
      statement.execute("GRANT SELECT ON account TO app");
    }
    return server;
  }

  PostgresServer server() {
    return server;
  }

  /** A session of an ordinary role, which waits for 300 ms at most. */
  Connection client() throws IOException, SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl("postgres"), server.jdbcProperties(ROLE, PATIENCE));
  }

  /** Empty if a new client is answered; else the SQLSTATE that it is told. */
  String complaint() {
    try (Connection client = client()) {
      return complaint(client);
    } catch (SQLException refused) {
      return String.valueOf(refused.getSQLState());
    } catch (IOException noPassword) {
      throw new IllegalStateException(noPassword);
    }
  }

  static String complaint(Connection client) {
    try (Statement statement = client.createStatement()) {
      statement.execute("SELECT count(*) FROM account");
      return "";
    } catch (SQLException waited) {
      return String.valueOf(waited.getSQLState());
    }
  }

  /** How many sessions have a name that begins so. */
  int sessions(String name) throws IOException {
    try (Connection connection = server.connect("postgres", BOUND)) {
      return Sessions.number(
          connection,
          "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE ? || '%'",
          name);
    } catch (SQLException away) {
      throw new IOException(away);
    }
  }

  @Override
  boolean serves() {
    return complaint().isEmpty();
  }

  @Override
  void destroyTarget() throws IOException, InterruptedException {
    server.kill(BOUND);
  }

  /** It serves the next lab. */
  @Override
  void stopTarget() {}
}
