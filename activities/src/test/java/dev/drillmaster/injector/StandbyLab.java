package dev.drillmaster.injector;

import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.Replication;
import dev.drillmaster.postgres.ServerRoom;
import dev.drillmaster.process.Poll;
import dev.drillmaster.target.PostgresTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** A host whose target is the standby of a primary that somebody writes to. */
final class StandbyLab extends HostLab {

  private static final Duration CURRENT = Duration.ofMillis(500);

  /**
   * The two servers, for several labs one after the other.
   *
   * @param standby the target
   */
  record Pair(PostgresServer primary, PostgresServer standby) {

    static Pair start(ServerRoom room) throws IOException, SQLException, InterruptedException {
      PostgresServer primary = room.primary("primary");
      ServerRoom.execute(primary, "CREATE TABLE counter AS SELECT 0 AS value");
      return new Pair(primary, room.standbyOf(primary, "standby"));
    }
  }

  private final Pair pair;

  /** Of a pair whose standby is started if it does not run. */
  StandbyLab(Path directory, Pair pair) throws IOException, InterruptedException {
    super(directory);
    this.pair = pair;
    pair.standby().start(ServerRoom.BOUND);
    pair.standby().awaitReady(ServerRoom.BOUND);
    new Replication(pair.standby()).awaitStreaming(pair.primary(), ServerRoom.BOUND);
    targets.define(TARGET, PostgresTarget.Definition.of(pair.standby()));
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
    try {
      String now =
          ServerRoom.query(pair.primary(), "UPDATE counter SET value = value + 1 RETURNING value");
      return Poll.until(CURRENT, () -> read().equals(now)) ? Answer.NEWEST : Answer.OLD;
    } catch (IOException | SQLException silent) {
      return Answer.NONE;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return Answer.NONE;
    }
  }

  private String read() throws IOException {
    try {
      return ServerRoom.query(pair.standby(), "SELECT value FROM counter");
    } catch (SQLException silent) {
      throw new IOException(silent);
    }
  }

  @Override
  void destroyTarget() throws IOException, InterruptedException {
    pair.standby().kill(ServerRoom.BOUND);
  }

  /** It serves the next lab. */
  @Override
  void stopTarget() {}
}
