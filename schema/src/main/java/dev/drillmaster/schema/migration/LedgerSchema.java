package dev.drillmaster.schema.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;

/**
 * The schema of the ledger database (PostgreSQL 15 or later): schema {@code ledger} with the audit
 * trail and the state of runs, schema {@code compliance} with the views on them.
 */
public final class LedgerSchema {

  private LedgerSchema() {}

  /**
   * Makes roles and schemas if they are absent, and brings the schema to the version that this
   * program knows. Does nothing if it is there. Safe to call from several programs at once.
   *
   * @param admin connects as a superuser, or as anybody who may create roles and schemas; once
   *     those are there, a member of {@code drillmaster_owner} will do
   * @return how many migrations were applied
   * @throws LedgerSchemaException if the database is newer than this program, or cannot be migrated
   */
  public static int migrate(DataSource admin) {
    prepare(admin);
    Flyway flyway = flyway(admin);
    try {
      refuseNewer(flyway);
      int applied = flyway.migrate().migrationsExecuted;
      giveHistoryToOwner(admin);
      return applied;
    } catch (FlywayException e) {
      throw new LedgerSchemaException(
          "The ledger database could not be migrated; its schema is as it was before the migration"
              + " that failed. "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Lets a role log in with a password, for a database that we operate ourselves; elsewhere whoever
   * operates the database does that. The password is hashed (SCRAM-SHA-256) before it leaves this
   * process, so that it is in no log of the server either.
   *
   * @param admin as for {@link #migrate}; must be allowed to alter roles
   * @param role who may log in from now on
   * @param password is copied, and the copy wiped
   * @throws LedgerSchemaException if the database refuses
   */
  public static void grantLogin(DataSource admin, LedgerRole role, char[] password) {
    char[] copy = Arrays.copyOf(password, password.length);
    try (Connection connection = admin.getConnection()) {
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(role.roleName(), copy, "scram-sha-256");
      // After the password: a role that may log in without one would be open wherever pg_hba.conf
      // asks for none.
      execute(connection, "ALTER ROLE " + role.roleName() + " LOGIN");
    } catch (SQLException e) {
      throw new LedgerSchemaException(
          "The role "
              + role.roleName()
              + " could not be allowed to log in. Migrate the database first, as a user who may"
              + " alter roles. "
              + e.getMessage(),
          e);
    } finally {
      Arrays.fill(copy, '\0');
    }
  }

  private static void prepare(DataSource admin) {
    try (Connection connection = admin.getConnection()) {
      execute(connection, resource("/db/prepare.sql"));
    } catch (SQLException e) {
      throw new LedgerSchemaException(
          "The roles and schemas of the ledger database could not be made. Connect as a superuser,"
              + " or as a user who may create roles and schemas. "
              + e.getMessage(),
          e);
    }
  }

  private static Flyway flyway(DataSource admin) {
    return Flyway.configure(LedgerSchema.class.getClassLoader())
        .dataSource(admin)
        .locations("classpath:db/migration")
        .defaultSchema("ledger")
        .table("flyway_schema_history")
        .createSchemas(false)
        // Schema ledger is made, empty, before the first migration; anything else in it is not
        // ours.
        .baselineOnMigrate(false)
        .placeholderReplacement(false)
        .validateMigrationNaming(true)
        .failOnMissingLocations(true)
        .load();
  }

  /** Flyway by itself would take a newer schema for a good one and go on. */
  private static void refuseNewer(Flyway flyway) {
    MigrationVersion known = MigrationVersion.EMPTY;
    MigrationVersion found = MigrationVersion.EMPTY;
    for (MigrationInfo migration : flyway.info().all()) {
      MigrationVersion version = migration.getVersion();
      MigrationState state = migration.getState();
      if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
        found = version.compareTo(found) > 0 ? version : found;
      } else {
        known = version.compareTo(known) > 0 ? version : known;
      }
    }
    if (found.compareTo(known) > 0) {
      throw new LedgerSchemaException(
          "The ledger database has schema version "
              + found
              + ", but this program knows versions up to "
              + known
              + " only and would not write all that the newer one asks for. Use a newer"
              + " drillmaster, or another database.");
    }
  }

  /**
   * Flyway makes its table as whoever is connected. Acting as the owner for the whole session
   * instead would leave that role set on connections that go back to a pool.
   */
  private static void giveHistoryToOwner(DataSource admin) {
    try (Connection connection = admin.getConnection()) {
      // Once only: the lock that it takes would wait for whoever else is migrating.
      execute(
          connection,
          """
          DO $$ BEGIN
            IF (SELECT relowner FROM pg_class WHERE oid = 'ledger.flyway_schema_history'::regclass)
                <> 'drillmaster_owner'::regrole THEN
              ALTER TABLE ledger.flyway_schema_history OWNER TO drillmaster_owner;
            END IF;
          END $$
          """);
    } catch (SQLException e) {
      throw new LedgerSchemaException(
          "The table of migrations could not be given to drillmaster_owner. " + e.getMessage(), e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(LedgerSchema.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " from this program's own files", e);
    }
  }
}
