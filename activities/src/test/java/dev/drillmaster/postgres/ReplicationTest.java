package dev.drillmaster.postgres;

import static dev.drillmaster.postgres.ServerRoom.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.drillmaster.postgres.NodeObservation.NodeRole;
import dev.drillmaster.postgres.PostgresFailure.Kind;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class ReplicationTest {

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
  void aCopyUnderLoadBecomesAStandbyThatHasEveryRow() throws Exception {
    PostgresServer primary = room.primary("a");
    try (Load load = new Load(primary)) {
      load.awaitMore(100);
      PostgresServer standby = room.standbyOf(primary, "b");
      load.awaitMore(100);
      load.end();

      NodeRole there = primary.observe().role().orElseThrow();
      new Replication(standby).waitForReplay(there.flushed().orElseThrow(), BOUND);
      assertThat(load.missingOn(standby)).isEmpty();
      assertThat(there.downstreams())
          .singleElement()
          .returns("b", NodeObservation.Downstream::name)
          .returns("async", NodeObservation.Downstream::mode);
      assertThat(Files.readString(standby.data().resolve(RecoveryFiles.AUTO_CONF)))
          .contains("passfile")
          .doesNotContain(room.passwords().read(Passwords.REPLICATION));
    }
  }

  @Test
  void aCopyStartsWithoutItsSource() throws Exception {
    PostgresServer primary = room.primary("a");
    PostgresServer standby = room.empty("b");
    try (Load load = new Load(primary)) {
      load.awaitMore(50);
      new Replication(standby).createStandby(primary, ServerRoom.settings("b"));
      primary.kill(BOUND);
    }
    standby.start(BOUND);
    assertThat(standby.awaitReady(BOUND).inRecovery()).isTrue();
    assertThat(ServerRoom.count(standby)).isGreaterThanOrEqualTo(50);
  }

  @Test
  void anInterruptedCopyIsNoDataDirectoryAndTheNextOnePutsItRight() throws Exception {
    PostgresServer primary = room.primary("a");
    ServerRoom.execute(primary, "INSERT INTO numbers SELECT generate_series(1, 300000)");
    PostgresServer standby = room.empty("b");
    Replication replication = new Replication(standby);
    Path copying = standby.home().resolve("data.copying");
    Thread copier =
        new Thread(
            () -> {
              try {
                replication.createStandby(primary, ServerRoom.settings("b"));
              } catch (Exception interrupted) {
                // As it should be.
              }
            },
            "copier");
    copier.start();
    Poll.until(BOUND, () -> Files.exists(copying.resolve("base")));
    copier.interrupt();
    copier.join();
    assertThat(copying).exists();
    assertThat(copying.resolve(FileCopy.VERSION)).doesNotExist();
    assertThat(standby.exists()).isFalse();
    assertThatThrownBy(() -> standby.start(BOUND))
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.WRONG_STATE, PostgresFailure::kind);

    replication.createStandby(primary, ServerRoom.settings("b"));
    assertThat(copying).doesNotExist();
    standby.start(BOUND);
    replication.awaitStreaming(primary, BOUND);
    assertThat(ServerRoom.count(standby)).isEqualTo(300000);
  }

  @Test
  void anOldPrimaryThatWentOnWritingRejoinsTheNewOne() throws Exception {
    PostgresServer old = room.primary("a");
    PostgresServer promoted = room.standbyOf(old, "b");
    ServerRoom.execute(old, "INSERT INTO numbers VALUES (1)");
    new Replication(promoted)
        .waitForReplay(old.observe().role().orElseThrow().flushed().orElseThrow(), BOUND);
    new RoleChange(promoted).promote(BOUND);
    ServerRoom.execute(old, "INSERT INTO numbers SELECT generate_series(100, 5000)");
    ServerRoom.execute(promoted, "INSERT INTO numbers VALUES (2)");

    Rejoined rejoined = new Replication(old).rejoin(promoted, BOUND);

    NodeRole role = rejoined.seen().role().orElseThrow();
    assertThat(role.inRecovery()).isTrue();
    assertThat(role.timeline()).isEqualTo(2);
    assertThat(role.upstream().orElseThrow().port()).isEqualTo(promoted.settings().port());
    ServerRoom.execute(promoted, "INSERT INTO numbers VALUES (3)");
    new Replication(old)
        .waitForReplay(promoted.observe().role().orElseThrow().flushed().orElseThrow(), BOUND);
    assertThat(ServerRoom.query(old, "SELECT string_agg(id::text, ',' ORDER BY id) FROM numbers"))
        .isEqualTo("1,2,3");
    assertThat(old.home().resolve("data.replaced")).doesNotExist();
  }

  @Test
  void aServerOfAnotherOriginDoesNotRejoin() throws Exception {
    PostgresServer primary = room.primary("a");
    PostgresServer stranger = room.empty("stranger");
    stranger.initialise(ServerRoom.settings("stranger").with("fsync", "off"), DataChecksums.ON);
    assertThatThrownBy(() -> new Replication(stranger).rejoin(primary, BOUND))
        .hasMessageContaining("different databases");
    assertThatThrownBy(() -> new Replication(primary).rejoin(primary, BOUND))
        .hasMessageContaining("cannot follow itself");
    assertThat(primary.observe().writable()).isTrue();
  }

  @Test
  void nothingFollowsAServerThatIsNoWritablePrimary() throws Exception {
    PostgresServer primary = room.primary("a");
    primary.kill(BOUND);
    PostgresServer standby = room.empty("b");
    assertThatThrownBy(
            () -> new Replication(standby).createStandby(primary, ServerRoom.settings("b")))
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.COULD_NOT_LOOK, PostgresFailure::kind);
    assertThat(standby.exists()).isFalse();
  }

  @Test
  void aStandbyWhosePrimaryIsGoneDoesNotCountAsStreaming() throws Exception {
    PostgresServer primary = room.primary("a");
    PostgresServer standby = room.standbyOf(primary, "b");
    primary.kill(BOUND);
    assertThatThrownBy(
            () -> new Replication(standby).awaitStreaming(primary, Duration.ofMillis(200)))
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.BEHIND, PostgresFailure::kind);
  }
}
