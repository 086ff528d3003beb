package dev.drillmaster.injector;

import dev.drillmaster.fault.DatabaseConnections;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;

/** Takes the connections that ordinary roles could have. */
final class DatabaseConnectionsInjector extends SessionInjector<DatabaseConnections> {

  /**
   * Without what is reserved; that for other roles than superusers is newer than PostgreSQL 15. Our
   * own sessions that look count as gone: they are in a moment, and one that was taken for a user
   * left a connection free.
   */
  private static final String FREE =
      """
      SELECT current_setting('max_connections')::int
             - current_setting('superuser_reserved_connections')::int
             - coalesce(current_setting('reserved_connections', true)::int, 0)
             - (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend'
                AND NOT (application_name = 'drillmaster' AND usename = current_user))
      """;

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration EVERY = Duration.ofMillis(20);

  /** One who has just left is counted for some milliseconds more. */
  private static final int STABLE_LOOKS = 5;

  @Override
  public Class<DatabaseConnections> faultClass() {
    return DatabaseConnections.class;
  }

  @Override
  String before(DatabaseConnections fault, String target, Connection server) throws IOException {
    int free = Sql.number(server, FREE);
    if (free <= fault.leave()) {
      throw new RefusedException(
          "only " + free + " connections are free, so that none would be taken: leave fewer");
    }
    return free + " connections are free";
  }

  @Override
  void take(DatabaseConnections fault, Sessions sessions) throws IOException, InterruptedException {
    int[] fullLooks = {0};
    boolean full =
        Poll.until(
            LIMIT,
            EVERY,
            () -> {
              while (Sql.number(sessions.first(), FREE) > fault.leave()) {
                sessions.add();
                fullLooks[0] = 0;
              }
              return ++fullLooks[0] >= STABLE_LOOKS;
            });
    if (!full) {
      throw new IOException("connections were still free after " + LIMIT.toSeconds() + " s");
    }
  }

  /** Each session that is there is a connection that nobody else has. */
  @Override
  boolean effective(Connection server, String session) {
    return true;
  }
}
