package dev.drillmaster.injector;

import dev.drillmaster.postgres.DataChecksums;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.postgres.PostgresBinaries;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.PostgresSettings;
import dev.drillmaster.postgres.Replication;
import dev.drillmaster.process.Poll;
import dev.drillmaster.target.PostgresTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A host whose target is the standby of a primary that somebody writes to. */
final class StandbyLab extends HostLab {

  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration CURRENT = Duration.ofMillis(500);

  /**
   * The two servers, for several labs one after the other.
   *
   * @param standby the target
   */
  record Pair(PostgresServer primary, PostgresServer standby) {

    static Pair start(Path directory) throws IOException, SQLException, InterruptedException {
      Path bin = PostgresBinaries.install(Path.of("target", "postgres-tests", "programs"));
      Passwords passwords = new Passwords(directory.resolve("passwords"));
      PostgresServer primary =
          PostgresServer.of(bin.toAbsolutePath(), directory.resolve("primary"), passwords);
      primary.initialise(settings("primary"), DataChecksums.ON);
      primary.start(BOUND);
      primary.awaitReady(BOUND);
      execute(primary, "CREATE TABLE counter AS SELECT 0 AS value");
      PostgresServer standby =
          PostgresServer.of(bin.toAbsolutePath(), directory.resolve("standby"), passwords);
      new Replication(standby).createStandby(primary, settings("standby"));
      return new Pair(primary, standby);
    }

    private static PostgresSettings settings(String name) throws IOException {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return PostgresSettings.small(name, free.getLocalPort());
      }
    }

    void kill() throws IOException, InterruptedException {
      standby.kill(BOUND);
      primary.kill(BOUND);
    }
  }

  private final Pair pair;

  /** Of a pair whose standby is started if it does not run. */
  StandbyLab(Path directory, Pair pair) throws IOException, InterruptedException {
    super(directory);
    this.pair = pair;
    pair.standby().start(BOUND);
    pair.standby().awaitReady(BOUND);
    new Replication(pair.standby()).awaitStreaming(pair.primary(), BOUND);
    targets.define(
        TARGET,
        new PostgresTarget.Definition(
            pair.standby().bin(), pair.standby().home(), pair.standby().passwords().directory()));
  }

  private static void execute(PostgresServer server, String sql) throws IOException, SQLException {
    try (Connection connection = server.connect("postgres", BOUND);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Whether the standby answers and soon says what was written just now. */
  @Override
  boolean serves() {
    return answersWithTheNewest() == Answer.NEWEST;
  }

  /** What a reader hears. */
  enum Answer {
    NEWEST,
    OLD,
    NONE
  }

  Answer answersWithTheNewest() {
    try (Connection primary = pair.primary().connect("postgres", BOUND);
        Connection standby = pair.standby().connect("postgres", BOUND)) {
      int now = Sessions.number(primary, "UPDATE counter SET value = value + 1 RETURNING value");
      boolean newest =
          Poll.until(
              CURRENT,
              () -> {
                try {
                  return Sessions.number(standby, "SELECT value FROM counter") == now;
                } catch (SQLException silent) {
                  throw new IOException(silent);
                }
              });
      return newest ? Answer.NEWEST : Answer.OLD;
    } catch (IOException | SQLException silent) {
      return Answer.NONE;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return Answer.NONE;
    }
  }

  @Override
  void destroyTarget() throws IOException, InterruptedException {
    pair.standby().kill(BOUND);
  }

  /** It serves the next lab. */
  @Override
  void stopTarget() {}
}
