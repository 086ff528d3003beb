package dev.drillmaster.injector;

import dev.drillmaster.fault.ReplayPause;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.process.Poll;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Pauses the replay of a standby. The server forgets it when it restarts or is promoted. */
final class ReplayPauseInjector implements Injector<ReplayPause, ReplayPauseUndo> {

  private static final Duration PAUSED_WITHIN = Duration.ofSeconds(2);

  /** What the server says of itself when it is no standby. */
  private static final String PRIMARY = "primary";

  private static final String REPLAYING = "not paused";
  private static final String PAUSED = "paused";

  private static final String STATE =
      "SELECT CASE WHEN pg_is_in_recovery() THEN pg_get_wal_replay_pause_state() ELSE '"
          + PRIMARY
          + "' END";

  @Override
  public Class<ReplayPause> faultClass() {
    return ReplayPause.class;
  }

  @Override
  public Class<ReplayPauseUndo> undoClass() {
    return ReplayPauseUndo.class;
  }

  @Override
  public Prepared prepare(ReplayPause fault, Target target) throws IOException {
    String state;
    try {
      state = state(ServerPlace.require(target));
    } catch (SQLException closed) {
      throw new RefusedException(
          "target " + target.name() + " does not let us in: " + closed.getMessage());
    }
    if (state.equals(PRIMARY)) {
      throw new RefusedException("target " + target.name() + " is no standby: it replays nothing");
    }
    if (!state.equals(REPLAYING)) {
      throw new RefusedException(
          "target " + target.name() + " is " + state + " already: find out who did that");
    }
    return new Prepared("it replays");
  }

  @Override
  public ReplayPauseUndo capture(ReplayPause fault, Target target, InjectionSpec spec) {
    return new ReplayPauseUndo(ServerPlace.of(target));
  }

  @Override
  public void inject(
      ReplayPause fault, Target target, ReplayPauseUndo undo, UndoLog<ReplayPauseUndo> log)
      throws IOException, InterruptedException {
    PostgresServer server = undo.place().server();
    execute(server, "SELECT pg_wal_replay_pause()");
    if (!Poll.until(PAUSED_WITHIN, () -> look(server).equals(PAUSED))) {
      throw new IOException("the standby still replays");
    }
  }

  @Override
  public Inspection inspect(ReplayPause fault, Target target, ReplayPauseUndo undo)
      throws IOException {
    PostgresServer server = undo.place().server();
    if (!server.isRunning()) {
      return new Inspection(Inspection.State.ABSENT, "the server does not run");
    }
    String state = look(server);
    return switch (state) {
      case PRIMARY -> new Inspection(Inspection.State.ABSENT, "the server is a primary");
      case REPLAYING -> new Inspection(Inspection.State.ABSENT, "the standby replays");
      case PAUSED -> new Inspection(Inspection.State.PRESENT, "the standby replays nothing");
      default -> new Inspection(Inspection.State.UNKNOWN, "the standby is at " + state);
    };
  }

  @Override
  public void heal(
      ReplayPause fault, Target target, ReplayPauseUndo undo, UndoLog<ReplayPauseUndo> log)
      throws IOException {
    PostgresServer server = undo.place().server();
    if (server.isRunning()) {
      execute(server, "SELECT pg_wal_replay_resume() WHERE pg_is_in_recovery()");
    }
  }

  /** A standby that replays again is a standby. */
  @Override
  public void healFenced(ReplayPause fault, Target target, ReplayPauseUndo undo)
      throws IOException {
    heal(fault, target, undo, changed -> {});
  }

  private static void execute(PostgresServer server, String sql) throws IOException {
    try (Connection connection = server.connect("postgres", ServerPlace.LOOK);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException closed) {
      throw new IOException("the server does not do it: " + closed.getMessage(), closed);
    }
  }

  private static String look(PostgresServer server) throws IOException {
    try {
      return state(server);
    } catch (SQLException closed) {
      throw new IOException("the server does not let us look: " + closed.getMessage(), closed);
    }
  }

  private static String state(PostgresServer server) throws IOException, SQLException {
    try (Connection connection = server.connect("postgres", ServerPlace.LOOK);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STATE)) {
      row.next();
      return row.getString(1);
    }
  }
}
