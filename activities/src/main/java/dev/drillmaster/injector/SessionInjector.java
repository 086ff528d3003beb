package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.process.Poll;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A fault that sessions with a PostgreSQL server are, which the server ends by itself. Only their
 * name tells them from others, so that any process of ours can heal.
 */
abstract class SessionInjector<F extends Fault>
    implements Injector<F, SessionsUndo>, SelfExpiring<SessionsUndo> {

  private static final Duration ENDED = Duration.ofSeconds(2);
  private static final Duration EVERY = Duration.ofMillis(10);

  private static final String OURS =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?";

  /** Not the session that asks, were it one of them. */
  private static final String END =
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
          + " WHERE application_name = ? AND pid <> pg_backend_pid()";

  private final Map<String, Sessions> held = new ConcurrentHashMap<>();

  /** Which database of the server the sessions are in. */
  abstract String database(F fault);

  /**
   * How it is now, for people.
   *
   * @param server a session in that database
   * @throws RefusedException if the fault cannot be injected
   */
  abstract String before(F fault, Connection server) throws SQLException;

  /** Does it; returns when the whole effect is there. */
  abstract void take(F fault, Sessions sessions)
      throws IOException, SQLException, InterruptedException;

  /** Whether these sessions do what they are for. */
  abstract boolean effective(Connection server, String session) throws SQLException;

  @Override
  public Class<SessionsUndo> undoClass() {
    return SessionsUndo.class;
  }

  @Override
  public Prepared prepare(F fault, Target target) throws IOException {
    PostgresServer server = ServerPlace.require(target);
    try (Connection connection = server.connect(database(fault), ServerPlace.LOOK)) {
      return new Prepared(before(fault, connection));
    } catch (SQLException closed) {
      throw new RefusedException(
          "target " + target.name() + " does not let us in: " + closed.getMessage());
    }
  }

  @Override
  public SessionsUndo capture(F fault, Target target, InjectionSpec spec) {
    return new SessionsUndo(
        ServerPlace.of(target), database(fault), "drillmaster " + spec.id(), spec.lease());
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
  public Inspection inspect(F fault, Target target, SessionsUndo undo) throws IOException {
    PostgresServer server = undo.place().server();
    if (!server.isRunning()) {
      return new Inspection(Inspection.State.ABSENT, "the server does not run");
    }
    try (Connection connection = server.connect("postgres", ServerPlace.LOOK)) {
      int sessions = Sessions.number(connection, OURS, undo.session());
      if (sessions == 0) {
        return new Inspection(Inspection.State.ABSENT, "the server has no such session");
      }
      return effective(connection, undo.session())
          ? new Inspection(Inspection.State.PRESENT, sessions + " sessions hold it")
          : new Inspection(Inspection.State.UNKNOWN, sessions + " sessions without effect");
    } catch (SQLException closed) {
      throw new IOException("the server does not let us look: " + closed.getMessage(), closed);
    }
  }

  @Override
  public void heal(F fault, Target target, SessionsUndo undo, UndoLog<SessionsUndo> log)
      throws IOException, InterruptedException {
    PostgresServer server = undo.place().server();
    if (!server.isRunning()) {
      return;
    }
    try (Connection connection = server.connect("postgres", ServerPlace.LOOK)) {
      Sessions.number(connection, END, undo.session());
      if (!Poll.until(ENDED, EVERY, () -> none(connection, undo.session()))) {
        throw new IOException("sessions " + undo.session() + " do not end");
      }
    } catch (SQLException closed) {
      throw new IOException("the server does not let us in: " + closed.getMessage(), closed);
    }
  }

  private static boolean none(Connection server, String session) throws IOException {
    try {
      return Sessions.number(server, OURS, session) == 0;
    } catch (SQLException closed) {
      throw new IOException(closed);
    }
  }

  /** A fence is on the server; sessions make no primary of it. */
  @Override
  public void healFenced(F fault, Target target, SessionsUndo undo)
      throws IOException, InterruptedException {
    heal(fault, target, undo, changed -> {});
  }
}
