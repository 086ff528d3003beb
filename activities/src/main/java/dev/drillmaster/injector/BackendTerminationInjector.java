package dev.drillmaster.injector;

import dev.drillmaster.fault.BackendTermination;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.Locale;

/**
 * A session that ends those of others for as long as another of ours is there, which the server
 * ends when nobody renews it.
 */
final class BackendTerminationInjector extends SessionInjector<BackendTermination> {

  private static final Duration BEGUN_WITHIN = Duration.ofSeconds(2);

  private static final String VICTIMS =
      """
      SELECT count(%s) FROM pg_stat_activity JOIN pg_roles ON pg_roles.oid = usesysid
       WHERE datname = '%s' AND backend_type = 'client backend' AND NOT rolsuper
      """;

  private static final String ENDS =
      """
      BEGIN
        WHILE EXISTS (SELECT FROM pg_stat_activity
                       WHERE application_name = '%s' AND pid <> pg_backend_pid()) LOOP
          PERFORM (%s);
          PERFORM pg_sleep(%s);
          PERFORM pg_stat_clear_snapshot();
        END LOOP;
      END
      """;

  private static final String BUSY =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = ? AND state = 'active'"
          + " AND query LIKE 'DO %' AND pid <> pg_backend_pid()";

  @Override
  public Class<BackendTermination> faultClass() {
    return BackendTermination.class;
  }

  @Override
  String database(BackendTermination fault) {
    return fault.database();
  }

  @Override
  String before(BackendTermination fault, String target, Connection server) throws IOException {
    return Sql.number(server, VICTIMS.formatted("*", fault.database())) + " sessions to end";
  }

  @Override
  void take(BackendTermination fault, Sessions sessions) throws IOException, InterruptedException {
    String seconds = String.format(Locale.ROOT, "%.3f", fault.every().toMillis() / 1000.0);
    String victims = VICTIMS.formatted("pg_terminate_backend(pid)", fault.database());
    String block = ENDS.formatted(sessions.name(), victims, seconds);
    sessions.busyWith("DO '" + block.replace("'", "''") + "'");
    if (!Poll.until(BEGUN_WITHIN, () -> effective(sessions.first(), sessions.name()))) {
      throw new IOException("the server does not begin to end sessions");
    }
  }

  @Override
  boolean effective(Connection server, String session) throws IOException {
    return Sql.number(server, BUSY, session) > 0;
  }
}
