package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.target.PostgresTarget;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A fault that sessions with a PostgreSQL server are, which the server ends by itself. Only their
 * name tells them from others, so that any process of ours can heal.
 */
abstract class SessionInjector<F extends Fault> extends DatabaseInjector<F, SessionsUndo>
    implements SelfExpiring<SessionsUndo> {

  private final Map<String, Sessions> held = new ConcurrentHashMap<>();

  /** Does it; returns when the whole effect is there. */
  abstract void take(F fault, Sessions sessions)
      throws IOException, SQLException, InterruptedException;

  /** Whether these sessions do what they are for. */
  abstract boolean effective(Connection server, String session) throws IOException;

  @Override
  public Class<SessionsUndo> undoClass() {
    return SessionsUndo.class;
  }

  @Override
  public SessionsUndo capture(F fault, Target target, InjectionSpec spec) {
    return new SessionsUndo(
        PostgresTarget.Definition.of(require(target)),
        database(fault),
        "drillmaster " + spec.id(),
        spec.lease());
  }

  @Override
  PostgresTarget.Definition server(SessionsUndo undo) {
    return undo.server();
  }

  @Override
  public Lease arm(SessionsUndo undo) throws IOException {
    // What healing has closed is of no use any more, nor is what was armed and never began.
    held.values().removeIf(sessions -> sessions.left().isZero());
    Sessions sessions = new Sessions(undo);
    held.put(undo.session(), sessions);
    return sessions;
  }

  @Override
  public void inject(F fault, Target target, SessionsUndo undo, UndoLog<SessionsUndo> log)
      throws IOException, InterruptedException {
    @Nullable Sessions sessions = held.get(undo.session());
    if (sessions == null) {
      throw new IOException("this process keeps no session of " + undo.session());
    }
    try {
      take(fault, sessions);
    } catch (SQLException refused) {
      throw new IOException("the server does not let it happen: " + refused.getMessage(), refused);
    }
  }

  @Override
  Inspection look(SessionsUndo undo, Connection server) throws IOException {
    int sessions = Sql.sessions(server, undo.session());
    if (sessions == 0) {
      return new Inspection(Inspection.State.ABSENT, "the server has no such session");
    }
    return effective(server, undo.session())
        ? new Inspection(Inspection.State.PRESENT, sessions + " sessions hold it")
        : new Inspection(Inspection.State.UNKNOWN, sessions + " sessions without effect");
  }

  @Override
  void end(SessionsUndo undo, Connection server, UndoLog<SessionsUndo> log)
      throws IOException, InterruptedException {
    Sql.endSessions(server, undo.session());
  }
}
