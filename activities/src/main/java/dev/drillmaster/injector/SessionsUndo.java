package dev.drillmaster.injector;

import dev.drillmaster.target.PostgresTarget;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Which sessions of which server belong to the injection.
 *
 * @param server where it is
 * @param database that the sessions are connected to
 * @param session their name, with the injection's id
 * @param lease after so long without use the server ends them
 */
record SessionsUndo(
    PostgresTarget.Definition server, String database, String session, Duration lease) {

  Connection open() throws IOException, SQLException {
    return server.server().leased(database, session, lease);
  }
}
