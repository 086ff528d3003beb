package dev.drillmaster.postgres;

import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * One data directory on this host and the server that may run on it. Nothing is remembered here:
 * whoever makes another instance for the same directory sees the same server.
 *
 * @param name what people call it
 * @param home holds {@code data}, the log and nothing else
 * @param port on 127.0.0.1
 * @param binaries see {@link PostgresBinaries}
 * @param superuser how we connect
 */
public record PostgresServer(
    String name, Path home, int port, Path binaries, Credentials superuser) {

  /** The data directory. */
  public Path data() {
    return home.resolve("data");
  }

  /** All processes of the server: they work in the data directory, orphans too. */
  public ProcessTree tree() {
    return new ProcessTree(data());
  }

  /** Whether there is a data directory. */
  public boolean exists() {
    return Files.exists(data().resolve("PG_VERSION"));
  }

  /**
   * Makes a new data directory.
   *
   * @param settings lines for postgresql.conf, after ours
   */
  public void initialise(List<String> settings) throws IOException {
    Files.createDirectories(home);
    Path making = home.resolve("initialising");
    Directories.delete(making);
    run(
        List.of(
            binaries.resolve("initdb").toString(),
            "-D",
            making.toString(),
            "-U",
            superuser.user(),
            "--pwfile=" + superuser.passwordFile(),
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync"));
    List<String> lines = new ArrayList<>(Settings.COMMON);
    lines.addAll(settings);
    Files.write(making.resolve("postgresql.conf"), lines, java.nio.file.StandardOpenOption.APPEND);
    Files.write(making.resolve("pg_hba.conf"), Settings.ACCESS);
    Directories.delete(data());
    Files.move(making, data(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private void run(List<String> command) throws IOException {
    Path log = home.resolve("initdb.log");
    Process process = DetachedProcess.start(prefixed(command), Map.of(), home, log);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(command.get(0) + " failed: " + LogTail.of(log));
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      throw Interruption.of(interrupted);
    }
  }

  private static List<String> prefixed(List<String> command) {
    List<String> prefixed = new ArrayList<>(ServerAccount.prefix());
    prefixed.addAll(command);
    return prefixed;
  }

  /**
   * Starts the server as whatever its directory says (primary or standby), once nothing of an
   * earlier one runs. Does nothing if it runs already.
   *
   * @throws IOException if what is left of an earlier one does not end within 10 s
   */
  public void start() throws IOException {
    if (postmaster().isPresent()) {
      return;
    }
    // PostgreSQL refuses to start while a backend of a killed postmaster still works on the
    // directory.
    if (!Await.until(Duration.ofSeconds(10), () -> tree().members().isEmpty())) {
      throw new IOException(
          name + ": processes of an earlier server do not end: " + tree().members());
    }
    DetachedProcess.start(
        prefixed(
            List.of(
                binaries.resolve("postgres").toString(),
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port),
                "-k",
                "")),
        Map.of(),
        home,
        log());
  }

  /** The server's log. */
  public Path log() {
    return home.resolve("postgres.log");
  }

  /** The postmaster, if it runs (frozen or not). */
  public Optional<ProcessId> postmaster() {
    try {
      long pid = Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).get(0).trim());
      // The file outlives a killed server, and its pid may be another's by now: only a member of
      // the tree counts.
      return ProcessId.of(pid).filter(process -> tree().members().contains(process));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException notRunning) {
      return Optional.empty();
    }
  }

  /**
   * Waits until the server answers a query.
   *
   * @throws IOException if it ended or did not answer in time, with the last lines of its log
   */
  public void awaitReady(Duration limit) throws IOException {
    long startedAt = System.nanoTime();
    boolean ready =
        Await.until(
            limit, () -> answers() || (seconds(startedAt) > 2 && tree().members().isEmpty()));
    if (!ready || !answers()) {
      throw new IOException(name + " on port " + port + " does not answer: " + LogTail.of(log()));
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** Whether it answers a query now. */
  public boolean answers() {
    try (Connection connection = connect("postgres", Duration.ofMillis(500))) {
      return connection.isValid(1);
    } catch (SQLException | IOException no) {
      return false;
    }
  }

  /**
   * Connects as superuser; every wait on the connection is bounded by {@code limit}, rounded up to
   * seconds.
   */
  public Connection connect(String database, Duration limit) throws SQLException, IOException {
    return connect(database, superuser, limit);
  }

  /** Connects as somebody. */
  public Connection connect(String database, Credentials who, Duration limit)
      throws SQLException, IOException {
    Properties properties = new Properties();
    properties.setProperty("user", who.user());
    properties.setProperty("password", who.password());
    String seconds = Long.toString(Math.max(1, (limit.toMillis() + 999) / 1000));
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("ApplicationName", "drillmaster");
    return DriverManager.getConnection(url(database), properties);
  }

  /** The JDBC address, without credentials. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /**
   * Stops the server cleanly (sessions are ended, everything is flushed and sent to standbys); what
   * has not ended in time is killed.
   *
   * @return whether it ended cleanly
   */
  public boolean stop(Duration limit) throws IOException {
    Optional<ProcessId> postmaster = postmaster();
    if (postmaster.isPresent()) {
      Signal.INT.send(List.of(postmaster.get()));
      if (Await.until(limit, () -> tree().members().isEmpty())) {
        return true;
      }
    }
    return kill() == 0 && postmaster.isEmpty();
  }

  /**
   * Kills every process until none runs.
   *
   * @return how many there were at first
   * @throws IOException if some still run after 10 s
   */
  public int kill() throws IOException {
    int before = tree().members().size();
    boolean gone =
        Await.until(
            Duration.ofSeconds(10),
            () -> {
              List<ProcessId> left = tree().members();
              if (!left.isEmpty()) {
                Signal.KILL.send(left);
              }
              return left.isEmpty();
            });
    if (!gone) {
      throw new IOException(name + ": processes do not end though killed: " + tree().members());
    }
    return before;
  }
}
