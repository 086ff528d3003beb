package dev.drillmaster.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** JDBC connections to one server; no pool, and every wait bounded. */
final class ServerConnections {

  /** A live server on this host answers within a few milliseconds. */
  private static final Duration ANSWER = Duration.ofMillis(800);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private ServerConnections() {}

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /**
   * The driver's properties, password included.
   *
   * @param limit how long a statement may take; the server ends it, and if the server does not, the
   *     socket times out a second later
   */
  static Properties properties(Passwords passwords, String role, Duration limit)
      throws IOException {
    Properties properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("password", passwords.read(role));
    properties.setProperty("ApplicationName", "drillmaster");
    // Loopback only, so there is nothing to negotiate; each negotiation is a round trip.
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("connectTimeout", "1");
    properties.setProperty("loginTimeout", "2");
    properties.setProperty("socketTimeout", Long.toString(limit.toSeconds() + 1));
    properties.setProperty("options", "-c statement_timeout=" + limit.toMillis());
    return properties;
  }

  /** A session of the superuser that gives up within milliseconds if the server is silent. */
  static Connection look(PostgresServer server) throws IOException, SQLException {
    Properties properties = properties(server.passwords(), Passwords.SUPERUSER, LOOK);
    // Every wait is bounded by the socket; a login with a limit of its own would need a thread.
    properties.setProperty("loginTimeout", "0");
    properties.setProperty("socketTimeout", "1");
    properties.setProperty("socketFactory", BoundedSocketFactory.class.getName());
    properties.setProperty("socketFactoryArg", Long.toString(ANSWER.toMillis()));
    return DriverManager.getConnection(url(server.settings().port(), "postgres"), properties);
  }
}
