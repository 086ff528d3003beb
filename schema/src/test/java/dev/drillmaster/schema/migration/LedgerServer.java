package dev.drillmaster.schema.migration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server for all tests of the module, started when the first one asks for it and
 * stopped after the last one. It asks the ledger's roles for their passwords, as a real one does.
 */
public final class LedgerServer implements AutoCloseable {

  /** Gives tests the server as a parameter. */
  public static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == LedgerServer.class;
    }

    @Override
    public LedgerServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(LedgerServer.class))
          .computeIfAbsent(LedgerServer.class, type -> new LedgerServer(), LedgerServer.class);
    }
  }

  private static final String SUPERUSER = "postgres";
  static final String PASSWORD = "correct horse 'battery' \\ staple";

  private final Path accessRules;
  private final EmbeddedPostgres postgres;
  private final AtomicInteger databases = new AtomicInteger();
  private final String shared;

  private LedgerServer() {
    try {
      accessRules = Files.createTempFile("drillmaster-hba", ".conf");
      Files.writeString(
          accessRules,
          """
          host all %s 127.0.0.1/32 trust
          host all all 127.0.0.1/32 scram-sha-256
          """
              .formatted(SUPERUSER));
      postgres =
          EmbeddedPostgres.builder()
              .setServerConfig("hba_file", accessRules.toString())
              .setServerConfig("listen_addresses", "127.0.0.1")
              .start();
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL did not start", e);
    }
    shared = newDatabase();
    LedgerSchema.migrate(superuser(shared));
    LedgerSchema.grantLogin(superuser(shared), LedgerRole.WRITER, PASSWORD.toCharArray());
    LedgerSchema.grantLogin(superuser(shared), LedgerRole.READER, PASSWORD.toCharArray());
  }

  /** A migrated database that tests share; they tell their rows apart by run. */
  public String shared() {
    return shared;
  }

  /** Makes an empty database. */
  public String newDatabase() {
    String name = "ledger_" + databases.incrementAndGet();
    try {
      execute(superuser("postgres"), "CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make database " + name, e);
    }
    return name;
  }

  /** Makes a migrated database without rows and partitions. */
  public String newLedger() {
    String name = newDatabase();
    LedgerSchema.migrate(superuser(name));
    return name;
  }

  public PGSimpleDataSource superuser(String database) {
    return dataSource(database, SUPERUSER, "");
  }

  public PGSimpleDataSource as(LedgerRole role) {
    return dataSource(shared, role.roleName(), PASSWORD);
  }

  public PGSimpleDataSource dataSource(String database, String user, String password) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {"127.0.0.1"});
    dataSource.setPortNumbers(new int[] {postgres.getPort()});
    dataSource.setDatabaseName(database);
    dataSource.setUser(user);
    dataSource.setPassword(password);
    return dataSource;
  }

  /** Runs statements, one after the other, in one session. */
  public static void execute(PGSimpleDataSource dataSource, String... statements)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of the first row, as text. */
  public static String ask(PGSimpleDataSource dataSource, String query) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
    Files.delete(accessRules);
  }
}
