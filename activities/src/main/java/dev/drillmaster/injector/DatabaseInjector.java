package dev.drillmaster.injector;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.injection.Prepared;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.target.PostgresTarget;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A fault that a PostgreSQL server is asked for. It makes no primary of a server when it is healed.
 */
abstract class DatabaseInjector<F extends Fault, U> implements Injector<F, U> {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final String ANY = "postgres";

  /** Which database of the server the fault is in. */
  String database(F fault) {
    return ANY;
  }

  /** How long a statement may take. */
  Duration patience() {
    return LOOK;
  }

  /**
   * How it is now, for people.
   *
   * @param target its name
   * @param server a session in the fault's database
   * @throws RefusedException if the fault cannot be injected
   */
  abstract String before(F fault, String target, Connection server) throws IOException;

  /** The server, also after its definition was taken away. */
  abstract PostgresTarget.Definition server(U undo);

  /** What a server that runs shows of the fault. */
  abstract Inspection look(U undo, Connection server) throws IOException;

  /** What is left of the fault at a server that does not run: nothing, unless it was stored. */
  Inspection lookAtOneThatIsDown(PostgresServer server) {
    return new Inspection(Inspection.State.ABSENT, "the server does not run");
  }

  /**
   * Takes the fault away from a server that runs.
   *
   * @param log takes a new undo record
   */
  abstract void end(U undo, Connection server, UndoLog<U> log)
      throws IOException, InterruptedException;

  /**
   * The target as a server.
   *
   * @throws RefusedException if it is none, saying what it is
   */
  static PostgresServer require(Target target) {
    if (target instanceof PostgresTarget postgres) {
      return postgres.server();
    }
    throw new RefusedException(
        "target " + target.name() + " is no PostgreSQL server but " + target.description());
  }

  @Override
  public final Prepared prepare(F fault, Target target) throws IOException {
    PostgresServer server = require(target);
    try (Connection connection = server.connect(database(fault), patience())) {
      return new Prepared(before(fault, target.name(), connection));
    } catch (SQLException closed) {
      throw new RefusedException(
          "target " + target.name() + " does not let us in: " + closed.getMessage());
    }
  }

  @Override
  public final Inspection inspect(F fault, Target target, U undo)
      throws IOException, InterruptedException {
    PostgresServer server = server(undo).server();
    return server.isRunning()
        ? inSession(server, fault, connection -> look(undo, connection))
        : lookAtOneThatIsDown(server);
  }

  @Override
  public final void heal(F fault, Target target, U undo, UndoLog<U> log)
      throws IOException, InterruptedException {
    PostgresServer server = server(undo).server();
    if (server.isRunning()) {
      inSession(
          server,
          fault,
          connection -> {
            end(undo, connection, log);
            return "";
          });
    }
  }

  @Override
  public final void healFenced(F fault, Target target, U undo)
      throws IOException, InterruptedException {
    heal(fault, target, undo, changed -> {});
  }

  /** What is done in one session. */
  interface Work<T> {
    T in(Connection session) throws IOException, InterruptedException;
  }

  /** In a session with the fault's database. */
  final <T> T inSession(PostgresServer server, F fault, Work<T> work)
      throws IOException, InterruptedException {
    try (Connection session = server.connect(database(fault), patience())) {
      return work.in(session);
    } catch (SQLException closed) {
      throw new IOException("the server does not let us in: " + closed.getMessage(), closed);
    }
  }
}
