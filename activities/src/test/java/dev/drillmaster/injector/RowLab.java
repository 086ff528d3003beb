package dev.drillmaster.injector;

import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.ServerRoom;
import dev.drillmaster.target.PostgresTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import org.postgresql.PGConnection;

/** A host whose target is a PostgreSQL server with one table, whose rows it knows. */
final class RowLab extends HostLab {

  static final int ROWS = 200;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PostgresServer server;
  private final Path away;
  private final String whole;

  /** Of a server that is started if it does not run; the table is made anew. */
  RowLab(Path directory, PostgresServer server)
      throws IOException, InterruptedException, SQLException {
    super(directory);
    this.server = server;
    this.away = server.home().resolve("away");
    server.start(ServerRoom.BOUND);
    server.awaitReady(ServerRoom.BOUND);
    execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    makeTable("account", ROWS);
    targets.define(TARGET, PostgresTarget.Definition.of(server));
    whole = checksum("account");
  }

  /** With a trigger that fails, so that nobody who wakes it changes anything. */
  void makeTable(String name, int rows) throws IOException, SQLException {
    execute(
        """
        CREATE TABLE %1$s (id int, part int, balance numeric, note text, PRIMARY KEY (id, part));
        INSERT INTO %1$s SELECT n, n %% 3, n + 0.50, 'row ' || n FROM generate_series(1, %2$d) n;
        CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
          AS $$ BEGIN RAISE 'a trigger fired'; END $$;
        CREATE TRIGGER refuse BEFORE UPDATE ON %1$s FOR EACH ROW EXECUTE FUNCTION refuse();
        """
            .formatted(name, rows));
  }

  PostgresServer server() {
    return server;
  }

  void execute(String sql) throws IOException, SQLException {
    ServerRoom.execute(server, sql);
  }

  String query(String sql) throws IOException, SQLException {
    return ServerRoom.query(server, sql);
  }

  /** SHA-256 of what COPY gives out of a table, in the order of its key. */
  String checksum(String table) throws IOException, SQLException {
    try (Connection connection = server.connect("postgres", PATIENCE)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (SELECT * FROM %s ORDER BY id) TO STDOUT".formatted(table), out);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether it answers, and with other rows than were written. */
  boolean saysSomethingElse() {
    try {
      return !checksum("account").equals(whole);
    } catch (IOException | SQLException silent) {
      return false;
    }
  }

  @Override
  boolean serves() {
    try {
      return checksum("account").equals(whole);
    } catch (IOException | SQLException silent) {
      return false;
    }
  }

  @Override
  void destroyTarget() throws IOException, InterruptedException {
    server.kill(ServerRoom.BOUND);
    Files.move(server.data(), away);
  }

  /** It serves the next lab. */
  @Override
  void stopTarget() throws IOException {
    if (Files.exists(away)) {
      Files.move(away, server.data());
    }
  }
}
