package dev.drillmaster.postgres;

import static dev.drillmaster.postgres.ServerRoom.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.drillmaster.postgres.PostgresFailure.Kind;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class RoleChangeTest {

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
  void aPromotionBeginsANewTimelineWhereTheStandbyHadCome() throws Exception {
    PostgresServer old = room.primary("a");
    PostgresServer standby = room.standbyOf(old, "b");
    try (Load load = new Load(old)) {
      load.awaitMore(200);
      old.kill(BOUND);
    }
    Lsn replayed = settledReplay(standby);

    Promotion promotion = new RoleChange(standby).promote(BOUND);

    assertThat(promotion.timeline()).isEqualTo(2);
    assertThat(promotion.parentTimeline()).isEqualTo(1);
    assertThat(promotion.fork()).isEqualTo(replayed);
    ServerRoom.execute(standby, "INSERT INTO numbers VALUES (0)");
    assertThat(new RoleChange(standby).promote(BOUND))
        .as("promoted again")
        .returns(2L, Promotion::timeline)
        .returns(promotion.fork(), Promotion::fork);
  }

  @Test
  void aPlannedHandOverUnderLoadLosesNothing() throws Exception {
    PostgresServer old = room.primary("a");
    PostgresServer standby = room.standbyOf(old, "b");
    try (Load load = new Load(old)) {
      load.awaitMore(200);
      old.checkpoint(BOUND);
      old.sealAsStandby();
      assertThat(old.stop(StopMode.FAST, BOUND)).isEqualTo(Stopped.AS_ASKED);
      CleanShutdown end = new RoleChange(old).cleanShutdown();
      new RoleChange(standby).awaitEverythingFrom(end, BOUND);
      Promotion promotion = new RoleChange(standby).promote(BOUND);
      assertThat(promotion.fork().minus(end.checkpoint())).isBetween(1L, 256L);
      load.end();

      assertThat(load.missingOn(standby)).isEmpty();
      new Replication(old).follow(standby);
      old.start(BOUND);
      NodeObservation seen = new Replication(old).awaitStreaming(standby, BOUND);
      assertThat(seen.role().orElseThrow().timeline()).isEqualTo(2);
      assertThat(load.missingOn(old)).isEmpty();
    }
  }

  @Test
  void aStandbyThatLacksTheEndOfTheLogIsNotTakenForComplete() throws Exception {
    PostgresServer old = room.primary("a");
    PostgresServer standby = room.standbyOf(old, "b");
    ServerRoom.execute(standby, "SELECT pg_wal_replay_pause()");
    ServerRoom.execute(old, "INSERT INTO numbers VALUES (1)");
    old.stop(StopMode.FAST, BOUND);
    CleanShutdown end = new RoleChange(old).cleanShutdown();

    assertThat(standby.observe().role().orElseThrow().replayPaused()).isTrue();
    assertThatThrownBy(
            () -> new RoleChange(standby).awaitEverythingFrom(end, Duration.ofMillis(300)))
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.BEHIND, PostgresFailure::kind);

    ServerRoom.execute(standby, "SELECT pg_wal_replay_resume()");
    new RoleChange(standby).awaitEverythingFrom(end, BOUND);
    assertThat(ServerRoom.count(standby)).isEqualTo(1);
  }

  @Test
  void aKilledPrimaryProvesNothingAboutItsStandby() throws Exception {
    PostgresServer old = room.primary("a");
    assertThatThrownBy(() -> new RoleChange(old).cleanShutdown())
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.WRONG_STATE, PostgresFailure::kind);
    old.kill(BOUND);
    assertThatThrownBy(() -> new RoleChange(old).cleanShutdown())
        .asInstanceOf(type(PostgresFailure.class))
        .returns(Kind.WRONG_STATE, PostgresFailure::kind);
  }

  @Test
  void aPrimaryThatWasNeverPromotedSaysSo() throws Exception {
    PostgresServer primary = room.primary("a");
    assertThatThrownBy(() -> new RoleChange(primary).promote(BOUND))
        .hasMessageContaining("never promoted");
  }

  /** Where replay stands once all that was received is replayed. */
  private static Lsn settledReplay(PostgresServer standby) throws Exception {
    Lsn[] replayed = new Lsn[1];
    boolean settled =
        Poll.until(
            BOUND,
            () -> {
              var role = standby.observe().role().orElseThrow();
              replayed[0] = role.replayed().orElseThrow();
              return role.upstream().isEmpty() && replayed[0].equals(role.received().orElseThrow());
            });
    assertThat(settled).isTrue();
    return replayed[0];
  }
}
