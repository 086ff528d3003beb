package dev.drillmaster.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.drillmaster.home.FreePort;
import dev.drillmaster.home.Home;
import dev.drillmaster.postgres.DataChecksums;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.postgres.PostgresBinaries;
import dev.drillmaster.postgres.PostgresFailure;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.PostgresSettings;
import dev.drillmaster.postgres.StopMode;
import dev.drillmaster.schema.migration.LedgerRole;
import dev.drillmaster.schema.migration.LedgerSchema;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The ledger database that Drillmaster runs itself: a PostgreSQL server in the home directory, on
 * 127.0.0.1 only, that outlives the program that started it. All that is known about it is read
 * from the home, so that any program finds it.
 */
public final class LedgerDatabase {

  static final String NAME = "drillmaster";

  /** Longer than making a new database takes on a slow disk. */
  private static final Duration UNTIL_OTHERS_ARE_DONE = Duration.ofMinutes(3);

  private static final Duration ORPHANS = Duration.ofSeconds(10);
  private static final Duration UNTIL_READY = Duration.ofSeconds(60);
  private static final Duration UNTIL_STOPPED = Duration.ofSeconds(20);
  private static final Duration ADMIN_STATEMENT = Duration.ofMinutes(1);
  private static final int PORTS_TO_TRY = 5;

  // A writer waits 2.5 s for a connection (one that is found dead included) and, if the database
  // falls silent after that, 2 s for its answer: an attempt to write ends within 5 s.
  private static final Duration WRITER_STATEMENT = Duration.ofSeconds(1);
  private static final Duration FREE_CONNECTION = Duration.ofSeconds(2);
  private static final Duration LIVE_CONNECTION = Duration.ofMillis(500);
  private static final int WRITERS = 4;

  /** Flyway holds two at a time. */
  private static final int ADMIN_CONNECTIONS = 3;

  private final Home home;
  private final Passwords passwords;

  private LedgerDatabase(Home home) {
    this.home = home;
    this.passwords = new Passwords(home.ledger().resolve("passwords"));
  }

  /** The database of a home, whether it exists or not. */
  public static LedgerDatabase of(Home home) {
    return new LedgerDatabase(home);
  }

  /**
   * Sees to it that the database runs, has the schema that this program knows, and lets its roles
   * log in. Makes whatever is missing. Any number of programs may do so at the same time.
   *
   * @throws IOException if it cannot be run; the message says what to do
   * @throws dev.drillmaster.schema.migration.LedgerSchemaException if its schema is newer than this
   *     program, or cannot be migrated
   */
  public void start() throws IOException, InterruptedException {
    if (!exists()) {
      home.make();
    }
    PostgresServer server = server();
    try {
      StartLock.hold(
          home.root().resolve("ledger.lock"),
          UNTIL_OTHERS_ARE_DONE,
          () -> {
            run(server);
            prepare(server);
          });
    } catch (SQLException refused) {
      throw new IOException(
          "the ledger database in %s could not be prepared: %s; see %s"
              .formatted(home.ledger(), refused.getMessage(), server.log()),
          refused);
    }
  }

  /**
   * A new pool of connections for the ledger; the caller closes it. It can be had before the
   * database runs and lives through its restarts. An attempt to write ends within 5 seconds,
   * whether the database is down, frozen or slow.
   *
   * @throws IOException if {@link #start} was never called on this home
   */
  public HikariDataSource writer() throws IOException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setDataSource(source(server(), LedgerRole.WRITER.roleName(), WRITER_STATEMENT));
    config.setMaximumPoolSize(WRITERS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(FREE_CONNECTION.toMillis());
    config.setValidationTimeout(LIVE_CONNECTION.toMillis());
    // Whether the database answers is asked by those who write, each time.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /**
   * Where psql finds the database, and with which file of passwords; it holds no password itself.
   *
   * @throws IOException if there is no database yet
   */
  public String url(LedgerRole role) throws IOException {
    return "postgresql://%s@127.0.0.1:%d/%s?passfile=%s"
        .formatted(
            role.roleName(),
            server().settings().port(),
            NAME,
            percentEncoded(passwords.passfile(role.roleName())));
  }

  /** Stops the database and returns when none of its processes runs; safe if it does not run. */
  public void stop() throws IOException, InterruptedException {
    if (isRunning()) {
      server().stop(StopMode.FAST, UNTIL_STOPPED);
    }
  }

  /** Whether any of its processes runs, frozen ones included. */
  public boolean isRunning() throws IOException {
    return exists() && server().isRunning();
  }

  /** Whether this home keeps a ledger at all; that of an agent does not. */
  public boolean exists() {
    return Files.isDirectory(home.ledger());
  }

  private PostgresServer server() throws IOException {
    return PostgresServer.of(PostgresBinaries.install(home.binaries()), home.ledger(), passwords);
  }

  private static void run(PostgresServer server) throws IOException, InterruptedException {
    if (!server.exists()) {
      server.initialise(PostgresSettings.small("ledger", FreePort.choose()), DataChecksums.ON);
    }
    for (int ports = 1; !server.observe().acceptsConnections(); ports++) {
      try {
        server.start(ORPHANS);
        server.awaitReady(UNTIL_READY);
      } catch (PostgresFailure failure) {
        if (failure.kind() != PostgresFailure.Kind.PORT_TAKEN || ports == PORTS_TO_TRY) {
          throw failure;
        }
        // Nothing but the settings remembers the port.
        server.configure(server.settings().with("port", Integer.toString(FreePort.choose())));
      }
    }
  }

  private void prepare(PostgresServer server) throws IOException, SQLException {
    makeDatabase(server);
    // A pool, because each of the steps below asks for a connection of its own, and a new one costs
    // as much as what is done with it.
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger-admin");
    config.setDataSource(source(server, Passwords.SUPERUSER, ADMIN_STATEMENT));
    config.setMaximumPoolSize(ADMIN_CONNECTIONS);
    config.setMinimumIdle(1);
    try (HikariDataSource admin = new HikariDataSource(config)) {
      LedgerSchema.migrate(admin);
      for (LedgerRole role : LedgerRole.values()) {
        passwords.create(role.roleName());
        // Each time, not only when it was made: a program may have died in between.
        LedgerSchema.grantLogin(admin, role, passwords.read(role.roleName()).toCharArray());
      }
    }
  }

  private static void makeDatabase(PostgresServer server) throws IOException, SQLException {
    try (Connection connection = server.connect("postgres", ADMIN_STATEMENT);
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("CREATE DATABASE " + NAME);
    }
  }

  private static LedgerSource source(PostgresServer server, String role, Duration limit)
      throws IOException {
    try {
      return new LedgerSource(server, role, limit);
    } catch (SQLException unknownProperty) {
      throw new IOException("the PostgreSQL driver refuses its settings", unknownProperty);
    }
  }

  private static String percentEncoded(Path path) {
    return URLEncoder.encode(path.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
