package dev.drillmaster.injector;

import dev.drillmaster.fault.ReplayPause;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.process.Poll;
import dev.drillmaster.target.PostgresTarget;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;

/** Pauses the replay of a standby. The server forgets it when it restarts or is promoted. */
final class ReplayPauseInjector extends DatabaseInjector<ReplayPause, ReplayPauseUndo> {

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
  String before(ReplayPause fault, String target, Connection server) throws IOException {
    String state = Sql.answer(server, STATE);
    if (state.equals(PRIMARY)) {
      throw new RefusedException("target " + target + " is no standby: it replays nothing");
    }
    if (!state.equals(REPLAYING)) {
      throw new RefusedException(
          "target " + target + " is " + state + " already: find out who did that");
    }
    return "it replays";
  }

  @Override
  public ReplayPauseUndo capture(ReplayPause fault, Target target, InjectionSpec spec) {
    return new ReplayPauseUndo(PostgresTarget.Definition.of(require(target)));
  }

  @Override
  PostgresTarget.Definition server(ReplayPauseUndo undo) {
    return undo.server();
  }

  @Override
  public void inject(
      ReplayPause fault, Target target, ReplayPauseUndo undo, UndoLog<ReplayPauseUndo> log)
      throws IOException, InterruptedException {
    boolean paused =
        inSession(
            undo.server().server(),
            fault,
            server -> {
              Sql.answer(server, "SELECT pg_wal_replay_pause()");
              return Poll.until(PAUSED_WITHIN, () -> Sql.answer(server, STATE).equals(PAUSED));
            });
    if (!paused) {
      throw new IOException("the standby still replays");
    }
  }

  @Override
  Inspection look(ReplayPauseUndo undo, Connection server) throws IOException {
    String state = Sql.answer(server, STATE);
    return switch (state) {
      case PRIMARY -> new Inspection(Inspection.State.ABSENT, "the server is a primary");
      case REPLAYING -> new Inspection(Inspection.State.ABSENT, "the standby replays");
      case PAUSED -> new Inspection(Inspection.State.PRESENT, "the standby replays nothing");
      default -> new Inspection(Inspection.State.UNKNOWN, "the standby is at " + state);
    };
  }

  @Override
  void end(ReplayPauseUndo undo, Connection server, UndoLog<ReplayPauseUndo> log)
      throws IOException {
    Sql.answer(server, "SELECT pg_wal_replay_resume() WHERE pg_is_in_recovery()");
  }
}
