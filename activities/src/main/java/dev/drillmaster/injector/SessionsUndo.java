package dev.drillmaster.injector;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Which sessions of which server belong to the injection.
 *
 * @param place the server
 * @param database that the sessions are connected to
 * @param session their name, with the injection's id
 * @param lease after so long without use the server ends them
 */
record SessionsUndo(ServerPlace place, String database, String session, Duration lease) {

  Connection open() throws IOException, SQLException {
    return place.server().leased(database, session, lease);
  }
}
