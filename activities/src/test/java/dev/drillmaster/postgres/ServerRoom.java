package dev.drillmaster.postgres;

import dev.drillmaster.process.FileTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Real servers for one test, in a temporary directory, all killed at its end. New ones are copies
 * of a template that is initialised once per test program, because initdb takes most of a second.
 */
public final class ServerRoom {

  public static final Duration BOUND = Duration.ofSeconds(15);

  private static final Path SHARED = Path.of("target", "postgres-tests").toAbsolutePath();

  private final List<PostgresServer> servers = new ArrayList<>();
  private final Path directory;
  private final Passwords passwords;

  public ServerRoom() throws IOException {
    directory = Files.createTempDirectory("server-room");
    passwords = new Passwords(directory.resolve("passwords"));
  }

  static Path programs() throws IOException {
    return PostgresBinaries.install(SHARED.resolve("programs"));
  }

  Path directory() {
    return directory;
  }

  Passwords passwords() {
    return passwords;
  }

  /** A server with nothing in its home. */
  PostgresServer empty(String name) throws IOException {
    PostgresServer server = PostgresServer.of(programs(), directory.resolve(name), passwords);
    servers.add(server);
    return server;
  }

  /** A server that was initialised and not started. */
  public PostgresServer initialised(String name) throws IOException, InterruptedException {
    PostgresServer template = Template.get();
    PostgresServer server = empty(name);
    server.prepareHome();
    copyTree(template.data(), server.data());
    if (!Files.exists(passwords.directory())) {
      copyTree(template.passwords().directory(), passwords.directory());
    }
    server.configure(settings(name));
    return server;
  }

  /** A server that answers, with an empty table of numbers. */
  public PostgresServer primary(String name)
      throws IOException, SQLException, InterruptedException {
    PostgresServer server = initialised(name);
    server.start(BOUND);
    server.awaitReady(BOUND);
    execute(server, "CREATE TABLE numbers (id bigint PRIMARY KEY)");
    return server;
  }

  /** A standby of it that streams. */
  public PostgresServer standbyOf(PostgresServer primary, String name)
      throws IOException, SQLException, InterruptedException {
    PostgresServer server = empty(name);
    Replication replication = new Replication(server);
    replication.createStandby(primary, settings(name));
    server.start(BOUND);
    replication.awaitStreaming(primary, BOUND);
    return server;
  }

  public static PostgresSettings settings(String name) throws IOException {
    return PostgresSettings.small(name, freePort());
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public static void execute(PostgresServer server, String sql) throws IOException, SQLException {
    try (Connection connection = server.connect("postgres", BOUND);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public static String query(PostgresServer server, String sql) throws IOException, SQLException {
    try (Connection connection = server.connect("postgres", BOUND);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  static long count(PostgresServer server) throws IOException, SQLException {
    return Long.parseLong(query(server, "SELECT count(*) FROM numbers"));
  }

  static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            return copy(directory);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return copy(file);
          }

          private FileVisitResult copy(Path path) throws IOException {
            Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  public void close() throws IOException, InterruptedException {
    for (PostgresServer server : servers) {
      server.kill(BOUND);
    }
    FileTree.delete(directory);
  }

  /** Initialised once, on first use. */
  private static final class Template {

    private static boolean made;

    static synchronized PostgresServer get() throws IOException, InterruptedException {
      Path home = SHARED.resolve("template");
      PostgresServer template =
          PostgresServer.of(programs(), home, new Passwords(home.resolve("passwords")));
      if (!made) {
        FileTree.delete(home);
        template.initialise(settings("template").with("fsync", "off"), DataChecksums.ON);
        made = true;
      }
      return template;
    }
  }
}
