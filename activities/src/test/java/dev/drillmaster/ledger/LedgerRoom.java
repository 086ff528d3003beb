package dev.drillmaster.ledger;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.AuditEvent;
import dev.drillmaster.audit.NamedId;
import dev.drillmaster.postgres.DataChecksums;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.postgres.PostgresBinaries;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.PostgresSettings;
import dev.drillmaster.schema.migration.LedgerRole;
import dev.drillmaster.schema.migration.LedgerSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real, migrated ledger database for the tests of one class, killed at their end. */
final class LedgerRoom {

  static final LocalDate MONTH = LocalDate.of(2026, 5, 1);
  static final Instant NOON = Instant.parse("2026-05-17T12:00:00Z");

  private static final Duration BOUND = Duration.ofSeconds(20);

  private final PostgresServer server;

  private LedgerRoom(PostgresServer server) {
    this.server = server;
  }

  static LedgerRoom open() throws IOException, InterruptedException {
    Path programs =
        PostgresBinaries.install(Path.of("target", "postgres-tests", "programs").toAbsolutePath());
    // Not JUnit's directory: it is made for its owner only, and the server may run under another
    // account.
    Path directory = Files.createTempDirectory("ledger-test");
    Passwords passwords = new Passwords(directory.resolve("passwords"));
    PostgresServer server = PostgresServer.of(programs, directory.resolve("ledger"), passwords);
    server.initialise(PostgresSettings.small("ledger", freePort()), DataChecksums.ON);
    server.start(BOUND);
    server.awaitReady(BOUND);
    LedgerRoom room = new LedgerRoom(server);
    LedgerSchema.migrate(room.source(Passwords.SUPERUSER));
    String writer = LedgerRole.WRITER.roleName();
    passwords.create(writer);
    LedgerSchema.grantLogin(
        room.source(Passwords.SUPERUSER), LedgerRole.WRITER, passwords.read(writer).toCharArray());
    return room;
  }

  void close() throws IOException, InterruptedException {
    server.kill(BOUND);
  }

  DataSource writer() throws IOException {
    return source(LedgerRole.WRITER.roleName());
  }

  private DataSource source(String role) throws IOException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server.jdbcUrl("postgres"));
    source.setUser(role);
    source.setPassword(server.passwords().read(role));
    return source;
  }

  /** The first value of a query of the superuser, or "" if there is none. */
  String text(String sql) throws SQLException, IOException {
    try (Connection connection = server.connect("postgres", Duration.ofSeconds(5));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : "";
    }
  }

  /** Changes state without an audit event, as only a superuser can. */
  void forge(String sql) throws SQLException, IOException {
    try (Connection connection = server.connect("postgres", Duration.ofSeconds(5));
        Statement statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(sql);
    }
  }

  /** Audit entries of one run, as its workflow numbers them. */
  static final class Run {

    final UUID id = UUID.randomUUID();
    private int noted;

    AuditEntry entry(AuditEvent event) {
      return entry(event, NOON);
    }

    AuditEntry entry(AuditEvent event, Instant occurredAt) {
      return new AuditEntry(
          NamedId.of(id, "audit/" + noted++),
          id,
          id,
          MONTH,
          occurredAt,
          "drillmaster",
          Assurance.SYSTEM,
          event);
    }

    AuditBatch batch(AuditEvent... events) {
      return new AuditBatch(Stream.of(events).map(this::entry).toList());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
