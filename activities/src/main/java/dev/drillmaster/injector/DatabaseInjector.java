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
 * A fault that a PostgreSQL server is asked for. It is gone with the server's processes, and makes
 * no primary of a server when it is healed.
 */
abstract class DatabaseInjector<F extends Fault, U> implements Injector<F, U> {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final String ANY = "postgres";

  /** Which database of the server the fault is in. */
  String database(F fault) {
    return ANY;
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

  /** Takes the fault away from a server that runs. */
  abstract void end(U undo, Connection server) throws IOException, InterruptedException;

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
    try (Connection connection = server.connect(database(fault), LOOK)) {
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
        ? inSession(server, connection -> look(undo, connection))
        : new Inspection(Inspection.State.ABSENT, "the server does not run");
  }

  @Override
  public final void heal(F fault, Target target, U undo, UndoLog<U> log)
      throws IOException, InterruptedException {
    PostgresServer server = server(undo).server();
    if (server.isRunning()) {
      inSession(
          server,
          connection -> {
            end(undo, connection);
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

  static <T> T inSession(PostgresServer server, Work<T> work)
      throws IOException, InterruptedException {
    try (Connection session = server.connect(ANY, LOOK)) {
      return work.in(session);
    } catch (SQLException closed) {
      throw new IOException("the server does not let us in: " + closed.getMessage(), closed);
    }
  }
}
