package dev.drillmaster.injector;

import dev.drillmaster.fault.DatabaseLock;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Locks a table in a transaction that stays open. */
final class DatabaseLockInjector extends SessionInjector<DatabaseLock> {

  private static final String GRANTED =
      """
      SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE application_name = ? AND locktype = 'relation' AND mode = 'AccessExclusiveLock'
         AND granted
      """;

  @Override
  public Class<DatabaseLock> faultClass() {
    return DatabaseLock.class;
  }

  @Override
  String database(DatabaseLock fault) {
    return fault.database();
  }

  @Override
  String before(DatabaseLock fault, String target, Connection server) throws IOException {
    if (!Sql.hasTable(server, Sql.quoted(fault.table()))) {
      throw new RefusedException("database " + fault.database() + " has no table " + fault.table());
    }
    return "table " + fault.table() + " is there";
  }

  /**
   * Whoever has the table now is waited for, but not for long: meanwhile all others wait behind us,
   * and that must be over within the bound, too, if this process is frozen just then.
   */
  @Override
  void take(DatabaseLock fault, Sessions sessions) throws SQLException {
    Connection session = sessions.first();
    session.setAutoCommit(false);
    try (Statement lock = session.createStatement()) {
      lock.execute("SET LOCAL lock_timeout = '1s'");
      lock.execute("LOCK TABLE " + Sql.quoted(fault.table()) + " IN ACCESS EXCLUSIVE MODE");
    }
  }

  @Override
  boolean effective(Connection server, String session) throws IOException {
    return Sql.number(server, GRANTED, session) > 0;
  }
}
