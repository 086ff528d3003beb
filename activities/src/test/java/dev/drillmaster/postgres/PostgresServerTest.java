package dev.drillmaster.postgres;

import static dev.drillmaster.postgres.ServerRoom.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.drillmaster.postgres.NodeObservation.Reach;
import dev.drillmaster.postgres.PostgresFailure.Kind;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class PostgresServerTest {

  private static final Duration ANY = Duration.ofSeconds(30);

  private ServerRoom room;

  @BeforeEach
  void open() throws IOException {
    room = new ServerRoom();
  }

  @AfterEach
  void close() throws Exception {
    room.close();
  }

  @Test
  void aNewServerIsInitialisedStartedAndStopped() throws Exception {
    PostgresServer server = room.empty("new");
    server.initialise(ServerRoom.settings("new"), DataChecksums.ON);
    assertThat(server.observe().reach()).isEqualTo(Reach.NOT_RUNNING);

    ProcessId postmaster = server.start(BOUND);
    NodeObservation ready = server.awaitReady(BOUND);

    assertThat(server.postmaster()).contains(postmaster);
    assertThat(ready.writable()).isTrue();
    assertThat(ready.role().orElseThrow().timeline()).isEqualTo(1);
    assertThat(ServerRoom.query(server, "SHOW data_checksums")).isEqualTo("on");
    assertThat(ServerRoom.query(server, "SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(server.start(BOUND)).as("starting twice").isEqualTo(postmaster);
    assertThat(server.stop(StopMode.FAST, BOUND)).isEqualTo(Stopped.AS_ASKED);
    assertThat(server.isRunning()).isFalse();
    assertThat(server.stop(StopMode.FAST, BOUND)).isEqualTo(Stopped.WAS_NOT_RUNNING);
    assertThatThrownBy(() -> server.initialise(ServerRoom.settings("new"), DataChecksums.ON))
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.WRONG_STATE, PostgresFailure::kind);
  }

  @Test
  void thePasswordIsInItsFileOnlyAndOnlyItsOwnerReadsIt() throws Exception {
    PostgresServer server = room.empty("new");
    server.initialise(ServerRoom.settings("new").with("fsync", "off"), DataChecksums.OFF);
    ProcessId postmaster = server.start(BOUND);
    server.awaitReady(BOUND);

    String password = room.passwords().read(Passwords.SUPERUSER);
    Path passfile = room.passwords().passfile(Passwords.SUPERUSER);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passfile)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(Path.of("/proc/" + postmaster.pid() + "/cmdline")))
        .doesNotContain(password);
    assertThat(Files.readString(Path.of("/proc/" + postmaster.pid() + "/environ")))
        .doesNotContain(password);
    try (var files = Files.walk(server.home())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(password);
      }
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    PostgresServer server = room.primary("alone");
    Passwords others = new Passwords(room.directory().resolve("others"));
    others.create(Passwords.SUPERUSER);
    PostgresServer impostor =
        new PostgresServer(server.bin(), server.home(), others, server.account());

    assertThatThrownBy(() -> ServerRoom.count(impostor))
        .asInstanceOf(type(SQLException.class))
        .returns("28P01", SQLException::getSQLState);
    assertThat(impostor.observe().reach()).isEqualTo(Reach.COULD_NOT_LOOK);
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    PostgresServer server = room.initialised("unlucky");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.configure(PostgresSettings.small("unlucky", other.getLocalPort()));
      server.start(BOUND);
      assertThatThrownBy(() -> server.awaitReady(BOUND))
          .hasMessageContaining("port " + other.getLocalPort() + " on 127.0.0.1 is taken")
          .asInstanceOf(type(PostgresFailure.class))
          .returns(Kind.PORT_TAKEN, PostgresFailure::kind);
    }
    server.configure(PostgresSettings.small("unlucky", ServerRoom.freePort()));
    server.start(BOUND);
    assertThat(server.awaitReady(BOUND).writable()).isTrue();
  }

  @Test
  void aServerThatCannotStartSaysWhyAtOnce() throws Exception {
    PostgresServer server = room.initialised("broken");
    server.configure(server.settings().with("shared_buffers", "a lot"));
    server.start(BOUND);
    long begun = System.nanoTime();
    assertThatThrownBy(() -> server.awaitReady(ANY))
        .hasMessageContaining("invalid value for parameter \"shared_buffers\"")
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.DIED, PostgresFailure::kind);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aStartWaitsForTheOrphansOfAKilledPostmaster() throws Exception {
    PostgresServer server = room.primary("orphaned");
    try (Connection connection = server.connect("postgres", ANY);
        Statement statement = connection.createStatement()) {
      Thread busy = busyFor(statement, 3);
      awaitBusy(server);
      ProcessId killed = server.postmaster().orElseThrow();
      Signal.KILL.send(List.of(killed));
      Poll.until(BOUND, () -> !killed.isRunning());

      NodeObservation orphaned = server.observe();
      assertThat(orphaned.running()).isTrue();
      assertThat(orphaned.postmasterRuns()).isFalse();
      assertThat(orphaned.certainlyNotWritable()).isFalse();
      assertThatThrownBy(() -> server.start(Duration.ofMillis(100)))
          .asInstanceOf(type(PostgresFailure.class))
          .returns(Kind.STILL_RUNNING, PostgresFailure::kind);

      ProcessId started = server.start(BOUND);
      assertThat(started).isNotEqualTo(killed);
      assertThat(server.awaitReady(BOUND).writable()).isTrue();
      busy.join();
    }
  }

  @Test
  void stoppingKillsTheOrphansOfAKilledPostmaster() throws Exception {
    PostgresServer server = room.primary("orphaned");
    try (Connection connection = server.connect("postgres", ANY);
        Statement statement = connection.createStatement()) {
      Thread busy = busyFor(statement, 20);
      awaitBusy(server);
      Signal.KILL.send(List.of(server.postmaster().orElseThrow()));
      assertThat(server.stop(StopMode.FAST, BOUND)).isEqualTo(Stopped.KILLED);
      assertThat(server.members()).isEmpty();
      busy.join();
    }
  }

  @Test
  void aKilledServerRecoversWhatItAcknowledged() throws Exception {
    PostgresServer server = room.primary("killed");
    try (Load load = new Load(server)) {
      load.awaitMore(200);
      server.kill(BOUND);
      assertThat(server.observe().reach()).isEqualTo(Reach.NOT_RUNNING);
      assertThat(load.end()).hasSizeGreaterThanOrEqualTo(200);

      server.start(BOUND);
      server.awaitReady(BOUND);
      assertThat(load.missingOn(server)).isEmpty();
    }
    assertThat(Files.readString(server.log())).contains("was not properly shut down");
  }

  @Test
  void aPidFileWhosePidNowBelongsToAnotherProgramDoesNotHinder() throws Exception {
    PostgresServer server = room.primary("stale");
    server.kill(BOUND);
    Path pidFile = server.data().resolve("postmaster.pid");
    String noted = Files.readString(pidFile);
    Files.writeString(
        pidFile, ProcessHandle.current().pid() + noted.substring(noted.indexOf('\n')));

    assertThat(server.postmaster()).isEmpty();
    server.start(BOUND);
    assertThat(server.awaitReady(BOUND).writable()).isTrue();
  }

  @Test
  void aFrozenServerRunsButCannotBeLookedAt() throws Exception {
    PostgresServer server = room.primary("frozen");
    Signal.STOP.send(server.members());

    long begun = System.nanoTime();
    NodeObservation frozen = server.observe();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    assertThat(frozen.running()).isTrue();
    assertThat(frozen.frozen()).isTrue();
    assertThat(frozen.reach()).isEqualTo(Reach.COULD_NOT_LOOK);
    assertThat(frozen.certainlyNotWritable()).isFalse();

    Signal.CONT.send(server.members());
    assertThat(server.awaitReady(BOUND).writable()).isTrue();
  }

  @Test
  void aFrozenServerIsKilledNotContinuedToStopIt() throws Exception {
    PostgresServer server = room.primary("frozen");
    Signal.STOP.send(server.members());
    long begun = System.nanoTime();
    assertThat(server.stop(StopMode.FAST, ANY)).isEqualTo(Stopped.KILLED);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertThat(Files.readString(server.log())).doesNotContain("received fast shutdown request");
  }

  @Test
  void anAnswerOfAnotherServerOnThePortIsNoAnswer() throws Exception {
    PostgresServer first = room.primary("first");
    PostgresServer second = room.primary("second");
    second.configure(PostgresSettings.small("second", first.settings().port()));

    NodeObservation seen = second.observe();
    assertThat(seen.reach()).isEqualTo(Reach.COULD_NOT_LOOK);
    assertThat(seen.detail()).contains("another server").contains(first.data().toString());
  }

  /** A session that never looks whether its postmaster lives, as a busy one does not. */
  private static Thread busyFor(Statement statement, int seconds) {
    Thread busy =
        new Thread(
            () -> {
              try {
                statement.execute(
                    "DO $$ BEGIN WHILE clock_timestamp() < now() + interval '%d s' LOOP END LOOP; END $$"
                        .formatted(seconds));
              } catch (SQLException serverDied) {
                // As it should.
              }
            },
            "busy");
    busy.start();
    return busy;
  }

  private static void awaitBusy(PostgresServer server) throws Exception {
    boolean busy =
        Poll.until(
            BOUND,
            () -> {
              try {
                return ServerRoom.query(
                        server,
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO %' AND state = 'active'")
                    .equals("1");
              } catch (SQLException failure) {
                throw new IOException(failure);
              }
            });
    assertThat(busy).isTrue();
  }
}
