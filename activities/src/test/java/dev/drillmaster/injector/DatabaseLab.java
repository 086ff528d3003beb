package dev.drillmaster.injector;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.ServerRoom;
import dev.drillmaster.target.PostgresTarget;
import java.io.IOException;
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

  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final String ROLE = "app";

  private final PostgresServer server;
  private final String question;

  /**
   * Of a server that is started if it does not run.
   *
   * @param question what a client asks
   */
  DatabaseLab(Path directory, PostgresServer server, String question)
      throws IOException, InterruptedException {
    super(directory);
    this.question = question;
    this.server = server;
    server.start(ServerRoom.BOUND);
    server.awaitReady(ServerRoom.BOUND);
    targets.define(TARGET, PostgresTarget.Definition.of(server));
  }

  /** A server with nine connections for ordinary roles, for several labs one after the other. */
  static PostgresServer server(ServerRoom room)
      throws IOException, SQLException, InterruptedException {
    PostgresServer server = room.initialised("contract");
    server.configure(ServerRoom.settings("contract").with("max_connections", "12"));
    server.start(ServerRoom.BOUND);
    server.awaitReady(ServerRoom.BOUND);
    server.passwords().create(ROLE);
    String verifier = server.passwords().verifier(ROLE);
    ServerRoom.execute(server, "CREATE ROLE app LOGIN PASSWORD '" + verifier + "'");
    ServerRoom.execute(server, "CREATE TABLE account (id int PRIMARY KEY)");
    ServerRoom.execute(server, "GRANT SELECT ON account TO app");
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

  String complaint(Connection client) {
    try (Statement statement = client.createStatement()) {
      statement.execute(question);
      return "";
    } catch (SQLException waited) {
      return String.valueOf(waited.getSQLState());
    }
  }

  /** How many sessions of the injection the server shows. */
  int sessions(InjectionSpec spec) throws IOException {
    try {
      return Integer.parseInt(
          ServerRoom.query(
              server,
              "SELECT count(*) FROM pg_stat_activity WHERE application_name = '"
                  + name(spec)
                  + "'"));
    } catch (SQLException away) {
      throw new IOException(away);
    }
  }

  /** As operators see it. */
  static String name(InjectionSpec spec) {
    return "drillmaster " + spec.id();
  }

  @Override
  boolean serves() {
    return complaint().isEmpty();
  }

  @Override
  void destroyTarget() throws IOException, InterruptedException {
    server.kill(ServerRoom.BOUND);
  }

  /** It serves the next lab. */
  @Override
  void stopTarget() {}
}
