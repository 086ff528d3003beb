package dev.drillmaster.postgres;

import static dev.drillmaster.postgres.ServerRoom.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.drillmaster.postgres.PostgresFailure.Kind;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class SealTest {

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
  void aSealedPrimaryIsReadOnlyFromItsNextStartUntilItIsUnsealed() throws Exception {
    PostgresServer server = room.primary("sealed");
    ServerRoom.execute(server, "INSERT INTO numbers SELECT generate_series(1, 1000)");
    Signal.STOP.send(server.members());
    server.sealAsStandby();
    assertThat(server.isSealed()).as("sealed while frozen").isTrue();
    server.kill(BOUND);

    server.start(BOUND);
    NodeObservation sealed = server.awaitReady(BOUND);
    assertThat(sealed.inRecovery()).isTrue();
    assertThat(sealed.certainlyNotWritable()).isTrue();
    assertThatThrownBy(() -> ServerRoom.execute(server, "INSERT INTO numbers VALUES (0)"))
        .asInstanceOf(type(SQLException.class))
        .returns("25006", SQLException::getSQLState);
    assertThatThrownBy(() -> new RoleChange(server).promote(BOUND))
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.SEALED, PostgresFailure::kind);
    server.stop(StopMode.FAST, BOUND);

    server.unseal();
    assertThat(server.isSealed()).isFalse();
    server.start(BOUND);
    NodeObservation unsealed = server.awaitReady(BOUND);
    assertThat(unsealed.writable()).isTrue();
    assertThat(unsealed.role().orElseThrow().timeline()).isEqualTo(1);
    assertThat(ServerRoom.count(server)).isEqualTo(1000);
    assertThatThrownBy(server::unseal)
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.WRONG_STATE, PostgresFailure::kind);
  }

  @Test
  void aSealedPrimaryThatRestartsItselfAfterACrashComesBackReadOnly() throws Exception {
    PostgresServer server = room.primary("sealed");
    server.sealAsStandby();
    assertThat(server.observe().writable()).as("until it is started again").isTrue();

    ProcessId backend =
        ProcessId.of(
                Long.parseLong(
                    ServerRoom.query(
                        server,
                        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'background writer'")))
            .orElseThrow();
    Signal.KILL.send(List.of(backend));

    assertThat(Poll.until(BOUND, () -> server.observe().inRecovery())).isTrue();
    assertThat(server.observe().certainlyNotWritable()).isTrue();
  }

  @Test
  void aSealedStandbyIsNotUnsealed() throws Exception {
    PostgresServer primary = room.primary("a");
    PostgresServer standby = room.standbyOf(primary, "b");
    assertThat(standby.isSealed()).isFalse();
    standby.sealAsStandby();
    standby.sealAsStandby();
    assertThatThrownBy(standby::unseal)
        .hasMessageContaining("was a standby")
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.WRONG_STATE, PostgresFailure::kind);
    assertThat(standby.isSealed()).isTrue();
  }
}
