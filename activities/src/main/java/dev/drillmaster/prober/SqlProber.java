package dev.drillmaster.prober;

import dev.drillmaster.postgres.BoundedSocketFactory;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.steadystate.SqlProbe;
import dev.drillmaster.system.SystemDefinition;
import dev.drillmaster.system.SystemDefinition.DatabaseAccess;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Logs in anew each time, since a new client is what a user of the service is, and asks. */
final class SqlProber implements Prober<SqlProbe> {

  @Override
  public Class<SqlProbe> probeClass() {
    return SqlProbe.class;
  }

  @Override
  public Answer ask(SqlProbe probe, SystemDefinition system) throws CannotAsk {
    DatabaseAccess access = system.databases().get(probe.database());
    if (access == null) {
      throw new CannotAsk(
          "this host defines no database \""
              + probe.database()
              + "\", only "
              + system.databases().keySet());
    }
    Properties properties = properties(access, probe.timeout().toMillis());
    String url = "jdbc:postgresql://127.0.0.1:" + access.port() + "/" + access.database();
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement statement = connection.createStatement()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try (ResultSet rows = statement.executeQuery(probe.query())) {
        String answer = rows.next() ? String.valueOf(rows.getString(1)) : "no row";
        return new Answer(answer.equals(probe.equals()), answer);
      }
    } catch (SQLException refused) {
      return new Answer(false, refused.getMessage() + " (SQLSTATE " + refused.getSQLState() + ")");
    }
  }

  private static Properties properties(DatabaseAccess access, long timeoutMillis) throws CannotAsk {
    Properties properties = new Properties();
    properties.setProperty("user", access.user());
    try {
      properties.setProperty("password", new Passwords(access.passwords()).read(access.user()));
    } catch (IOException unreadable) {
      throw new CannotAsk("the password of " + access.user() + " cannot be read: " + unreadable);
    }
    properties.setProperty("ApplicationName", "drillmaster probe");
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("connectTimeout", "0");
    properties.setProperty("loginTimeout", "0");
    // Bounded by the socket, see BoundedSocketFactory for why this must be set nevertheless.
    properties.setProperty("socketTimeout", Long.toString(timeoutMillis / 1000 + 1));
    properties.setProperty("socketFactory", BoundedSocketFactory.class.getName());
    properties.setProperty("socketFactoryArg", Long.toString(timeoutMillis));
    properties.setProperty("options", "-c statement_timeout=" + timeoutMillis);
    return properties;
  }
}
