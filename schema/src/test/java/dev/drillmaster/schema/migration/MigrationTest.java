package dev.drillmaster.schema.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MigrationTest {

  private static final String VERSIONS = "SELECT count(*) FROM ledger.flyway_schema_history";

  private final LedgerServer server;

  MigrationTest(LedgerServer server) {
    this.server = server;
  }

  @Test
  void migrating_twice_is_migrating_once() throws SQLException {
    PGSimpleDataSource admin = server.superuser(server.newDatabase());

    assertThat(LedgerSchema.migrate(admin)).isPositive();
    String before = Catalogue.dump(admin) + LedgerServer.ask(admin, VERSIONS);
    assertThat(LedgerSchema.migrate(admin)).isZero();

    assertThat(Catalogue.dump(admin) + LedgerServer.ask(admin, VERSIONS)).isEqualTo(before);
  }

  @RepeatedTest(3)
  void several_programs_may_migrate_at_once() throws Exception {
    PGSimpleDataSource admin = server.superuser(server.newDatabase());
    int programs = 4;
    CyclicBarrier start = new CyclicBarrier(programs);
    ExecutorService pool = Executors.newFixedThreadPool(programs);
    int applied = 0;
    try {
      List<Future<Integer>> migrations = new ArrayList<>();
      for (int i = 0; i < programs; i++) {
        migrations.add(
            pool.submit(
                () -> {
                  start.await();
                  return LedgerSchema.migrate(admin);
                }));
      }
      for (Future<Integer> migration : migrations) {
        applied += migration.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(String.valueOf(applied)).isEqualTo(LedgerServer.ask(admin, VERSIONS));
  }

  @Test
  void everything_belongs_to_the_owner_and_the_owner_cannot_log_in() throws SQLException {
    PGSimpleDataSource admin = server.superuser(server.newLedger());

    assertThat(
            LedgerServer.ask(
                admin,
                """
                SELECT string_agg(DISTINCT owner::regrole::text, ' ') FROM (
                  SELECT relowner, relnamespace FROM pg_class
                  UNION ALL SELECT proowner, pronamespace FROM pg_proc
                  UNION ALL SELECT nspowner, oid FROM pg_namespace) AS all_of (owner, place)
                WHERE place IN ('ledger'::regnamespace, 'compliance'::regnamespace)
                """))
        .isEqualTo("drillmaster_owner");
    assertThat(
            LedgerServer.ask(
                admin, "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'drillmaster_owner'"))
        .isEqualTo("f");
  }

  @Test
  void an_administrator_without_superuser_rights_can_migrate() throws SQLException {
    String database = server.newDatabase();
    LedgerServer.execute(
        server.superuser(database),
        "CREATE ROLE dba LOGIN CREATEROLE PASSWORD 'dba'",
        // What PostgreSQL gives to whoever makes a role without being superuser: not to act as it.
        "GRANT drillmaster_owner TO dba WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
        "GRANT CREATE ON DATABASE " + database + " TO dba");
    PGSimpleDataSource dba = server.dataSource(database, "dba", "dba");

    assertThat(LedgerSchema.migrate(dba)).isPositive();
    assertThat(LedgerSchema.migrate(dba)).isZero();
    assertThat(Catalogue.dump(dba)).contains("view compliance.drills owned by drillmaster_owner");
  }

  @Test
  void a_database_that_is_newer_than_the_program_is_left_alone() throws SQLException {
    PGSimpleDataSource admin = server.superuser(server.newLedger());
    LedgerServer.execute(
        admin,
        "INSERT INTO ledger.flyway_schema_history SELECT installed_rank + 90, '99', 'future', type,"
            + " 'V99__future.sql', checksum, installed_by, now(), 1, true"
            + " FROM ledger.flyway_schema_history ORDER BY installed_rank LIMIT 1");

    assertThatThrownBy(() -> LedgerSchema.migrate(admin))
        .isInstanceOf(LedgerSchemaException.class)
        .hasMessageContaining("has schema version 99, but this program knows versions up to 7")
        .hasMessageContaining("Use a newer drillmaster");
  }

  @Test
  void a_migration_that_was_altered_after_it_was_applied_is_refused() throws SQLException {
    PGSimpleDataSource admin = server.superuser(server.newLedger());
    LedgerServer.execute(
        admin, "UPDATE ledger.flyway_schema_history SET checksum = 1 WHERE version = '2'");

    assertThatThrownBy(() -> LedgerSchema.migrate(admin))
        .isInstanceOf(LedgerSchemaException.class)
        .hasMessageContaining("could not be migrated")
        .hasMessageContaining("checksum");
  }

  @Test
  void a_schema_of_somebody_else_is_not_taken_over() throws SQLException {
    PGSimpleDataSource admin = server.superuser(server.newDatabase());
    LedgerServer.execute(admin, "CREATE SCHEMA ledger");

    assertThatThrownBy(() -> LedgerSchema.migrate(admin))
        .isInstanceOf(LedgerSchemaException.class)
        .hasMessageContaining("has a schema \"ledger\" that belongs to postgres")
        .hasMessageContaining("rename that schema");
  }
}
