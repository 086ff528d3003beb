package dev.drillmaster.postgres;

import dev.drillmaster.postgres.NodeObservation.Reach;
import dev.drillmaster.postgres.PostgresFailure.Kind;
import dev.drillmaster.process.LogFile;
import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * One PostgreSQL server of this host: a home with its data directory {@code data}, its {@code
 * settings.conf}, its log {@code postgres.log}, and nothing else to remember. It listens on
 * 127.0.0.1 only. It runs apart from us and is found again, by any program, from the home alone.
 *
 * @param bin the directory with the programs, see {@link PostgresBinaries}
 * @param home made when needed; below a directory that the account may enter
 * @param passwords of its roles
 * @param account under which it runs
 */
public record PostgresServer(Path bin, Path home, Passwords passwords, ServerAccount account) {

  /** The server of a home, under the account that works for this program. */
  public static PostgresServer of(Path bin, Path home, Passwords passwords) throws IOException {
    return new PostgresServer(bin, home, passwords, ServerAccount.current());
  }

  /** The data directory. */
  public Path data() {
    return home.resolve("data");
  }

  /** The file with its messages. */
  public Path log() {
    return home.resolve("postgres.log");
  }

  /** Whether there is a data directory. Interrupted initialisations and copies leave none. */
  public boolean exists() {
    return Files.isDirectory(data());
  }

  /** The settings that it starts with. */
  public PostgresSettings settings() throws IOException {
    return PostgresSettings.read(home);
  }

  /** Replaces the settings; a running server takes them at its next start. */
  public void configure(PostgresSettings settings) throws IOException {
    settings.write(home);
  }

  /**
   * Makes a new, empty database cluster with a random password for its superuser.
   *
   * @throws PostgresFailure if there is one, or no room
   */
  public void initialise(PostgresSettings settings, DataChecksums checksums)
      throws IOException, InterruptedException {
    new Initialisation(this).run(settings, checksums);
  }

  /**
   * Starts the server, unless it runs, and returns as soon as its first process exists; see {@link
   * #awaitReady}.
   *
   * @param orphansBound how long to wait for processes that an earlier postmaster left behind
   * @return the postmaster
   */
  public ProcessId start(Duration orphansBound) throws IOException, InterruptedException {
    if (!exists()) {
      throw new PostgresFailure(
          Kind.WRONG_STATE,
          data() + " does not exist: initialise it, or make it a standby of its primary");
    }
    return process().start(orphansBound);
  }

  /**
   * Waits until the server answers a query.
   *
   * @return what it answered
   * @throws PostgresFailure at once if it has ended ({@code PORT_TAKEN}, {@code DIED}); after the
   *     bound if it still recovers ({@code RECOVERING}) or is silent ({@code COULD_NOT_LOOK})
   */
  public NodeObservation awaitReady(Duration bound) throws IOException, InterruptedException {
    int port = settings().port();
    long end = System.nanoTime() + bound.toNanos();
    while (true) {
      NodeObservation seen = observe();
      if (seen.acceptsConnections()) {
        return seen;
      }
      if (!seen.running()) {
        throw process().death(port);
      }
      if (System.nanoTime() >= end) {
        throw new PostgresFailure(
            seen.reach() == Reach.REFUSED ? Kind.RECOVERING : Kind.COULD_NOT_LOOK,
            "%s does not answer after %d ms: %s; see %s"
                .formatted(data(), bound.toMillis(), seen.detail(), log()));
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /**
   * Stops the server and returns when none of its processes runs. What does not stop within the
   * bound, is frozen, or has lost its postmaster, is killed.
   */
  public Stopped stop(StopMode mode, Duration bound) throws IOException, InterruptedException {
    return process().stop(mode, bound);
  }

  /** Kills all of its processes and returns when none runs. */
  public void kill(Duration bound) throws IOException, InterruptedException {
    process().kill(bound);
  }

  /** Its processes that run now, frozen ones and orphans included, zombies not. */
  public List<ProcessId> members() {
    return process().members();
  }

  /** Its first process, the parent of all others, if it runs. */
  public Optional<ProcessId> postmaster() throws IOException {
    return process().postmaster();
  }

  /** Whether any of its processes runs. */
  public boolean isRunning() {
    return !members().isEmpty();
  }

  /** Looks at it, for two seconds at most; never fails because of the state it is in. */
  public NodeObservation observe() throws IOException {
    return NodeObserver.observe(this);
  }

  /**
   * Fences it on its own side, durably, whether it runs, is frozen or dead: whoever starts it from
   * now on gets a read-only server. One that runs goes on as what it is: kill it next.
   */
  public void sealAsStandby() throws IOException {
    recovery().seal();
  }

  /** As what it starts, read from its directory, whether it runs or not. */
  public DiskRole diskRole() throws IOException {
    return recovery().role();
  }

  /**
   * The timeline of its last checkpoint, read from its directory, whether it runs or not.
   *
   * @throws PostgresFailure if the directory is damaged
   */
  public long diskTimeline() throws IOException {
    return ControlFile.read(data()).timeline();
  }

  /** Whether it is sealed. */
  public boolean isSealed() throws IOException {
    return recovery().isSealed();
  }

  /**
   * Takes the seal off: it starts as a primary again. Only for one in whose place no other was
   * promoted.
   *
   * @throws PostgresFailure if it is not sealed, or was a standby when it was
   */
  public void unseal() throws IOException {
    recovery().unseal();
  }

  /** Its address for the JDBC driver. */
  public String jdbcUrl(String database) throws IOException {
    return ServerConnections.url(settings().port(), database);
  }

  /**
   * A role's properties for the JDBC driver, the password among them.
   *
   * @param limit how long a statement may take
   */
  public Properties jdbcProperties(String role, Duration limit) throws IOException {
    return ServerConnections.properties(passwords, role, limit);
  }

  /**
   * A session of the superuser.
   *
   * @param limit how long a statement may take
   */
  public Connection connect(String database, Duration limit) throws IOException, SQLException {
    return DriverManager.getConnection(
        jdbcUrl(database), jdbcProperties(Passwords.SUPERUSER, limit));
  }

  /**
   * A session of the superuser that the server ends when it was not used for so long, whatever
   * becomes of who opened it; a statement, too, may take so long.
   *
   * @param name under which the server shows it, at most 63 bytes
   */
  public Connection leased(String database, String name, Duration lease)
      throws IOException, SQLException {
    Properties properties = jdbcProperties(Passwords.SUPERUSER, lease);
    properties.setProperty("ApplicationName", name);
    long millis = lease.toMillis();
    properties.setProperty(
        "options",
        "%s -c idle_session_timeout=%d -c idle_in_transaction_session_timeout=%d"
            .formatted(properties.getProperty("options"), millis, millis));
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  /** Writes all that is only in memory to disk, so that stopping soon after is short. */
  public void checkpoint(Duration limit) throws IOException, SQLException {
    try (Connection connection = connect("postgres", limit);
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
  }

  RecoveryFiles recovery() {
    return new RecoveryFiles(data());
  }

  private ServerProcess process() {
    return new ServerProcess(bin, data(), new LogFile(log()), account);
  }

  /** Makes the home and sees to it that the account can use it and the programs. */
  void prepareHome() throws IOException, InterruptedException {
    Files.createDirectories(
        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    account.own(home);
    account.requireEntry(home);
    account.requireEntry(bin);
  }

  /** Runs one of the programs under the account, not waiting longer than that. */
  void runToEnd(String name, List<String> command, long bound, TimeUnit unit)
      throws IOException, InterruptedException {
    Path output = home.resolve(name + ".log");
    Process process =
        new ProcessBuilder(account.command(command))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(bound, unit);
    if (!ended) {
      process.destroyForcibly();
    }
    if (!ended || process.exitValue() != 0) {
      throw new PostgresFailure(
          Kind.DIED, name + " failed: " + String.join("\n", new LogFile(output).tail(12)));
    }
  }
}
