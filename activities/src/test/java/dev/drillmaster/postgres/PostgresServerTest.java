package dev.drillmaster.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
class PostgresServerTest {

  @TempDir Path directory;
  private PostgresServer server;

  @BeforeEach
  void startOne() throws IOException {
    Path cache = Path.of(System.getProperty("java.io.tmpdir"), "drillmaster-postgresql");
    Credentials superuser = Credentials.create("postgres", directory.resolve("secret"));
    server =
        new PostgresServer(
            "db", directory.resolve("db"), freePort(), PostgresBinaries.install(cache), superuser);
    server.initialise(List.of());
    server.start();
    server.awaitReady(Duration.ofSeconds(20));
  }

  @AfterEach
  void leaveNothing() throws IOException {
    server.kill();
  }

  @Test
  void aKilledServerRecoversWhatWasCommitted() throws Exception {
    execute("create table kept (n int)");
    execute("insert into kept values (7)");

    assertThat(server.kill()).isGreaterThan(1);
    assertThat(server.tree().members()).isEmpty();
    server.start();
    server.awaitReady(Duration.ofSeconds(20));

    assertThat(number("select n from kept")).isEqualTo(7);
  }

  @Test
  void aRestartWaitsForTheOrphansOfAKilledPostmaster() throws Exception {
    Connection session = server.connect("postgres", Duration.ofSeconds(30));
    ProcessId postmaster = server.postmaster().orElseThrow();
    Signal.KILL.send(List.of(postmaster));
    assertThat(postmaster.isRunning()).isFalse();

    server.start();
    server.awaitReady(Duration.ofSeconds(20));

    assertThat(server.postmaster()).isPresent().get().isNotEqualTo(postmaster);
    assertThat(number("select 1")).isEqualTo(1);
    session.close();
  }

  @Test
  void aFrozenServerRunsButDoesNotAnswer() throws Exception {
    List<ProcessId> members = server.tree().members();
    Signal.STOP.send(members);
    try {
      assertThat(
              Await.until(
                  Duration.ofSeconds(5), () -> members.stream().allMatch(ProcessId::isFrozen)))
          .isTrue();
      assertThat(server.postmaster()).isPresent();
      assertThat(server.answers()).isFalse();
    } finally {
      Signal.CONT.send(members);
    }
    server.awaitReady(Duration.ofSeconds(5));
  }

  @Test
  void aServerThatIsStoppedEndsCleanly() throws Exception {
    assertThat(server.stop(Duration.ofSeconds(20))).isTrue();
    assertThat(server.postmaster()).isEmpty();
  }

  @Test
  void aServerThatCannotStartSaysWhy() throws Exception {
    server.stop(Duration.ofSeconds(20));
    try (ServerSocket taken =
        new ServerSocket(server.port(), 1, InetAddress.getLoopbackAddress())) {
      server.start();
      assertThat(taken.isBound()).isTrue();
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> server.awaitReady(Duration.ofSeconds(20)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Address already in use");
    }
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = server.connect("postgres", Duration.ofSeconds(5));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int number(String sql) throws Exception {
    try (Connection connection = server.connect("postgres", Duration.ofSeconds(5));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
