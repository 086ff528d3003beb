package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ReplayPause;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injector.StandbyLab.Answer;
import dev.drillmaster.injector.StandbyLab.Pair;
import dev.drillmaster.postgres.ServerRoom;
import dev.drillmaster.target.PostgresTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReplayPauseTest extends InjectorContract<StandbyLab> {

  private ServerRoom room;
  private Pair pair;

  @BeforeAll
  void startThePair() throws Exception {
    room = new ServerRoom();
    pair = Pair.start(room);
  }

  @AfterAll
  void closeTheRoom() throws Exception {
    room.close();
  }

  @Override
  StandbyLab start(Path made) throws IOException, InterruptedException {
    return new StandbyLab(made, pair);
  }

  @Override
  Fault fault() {
    return new ReplayPause();
  }

  @Override
  boolean armed(InjectionSpec spec) throws IOException {
    return lab.watchdogRuns(spec);
  }

  @Override
  Object untouched() throws IOException {
    return pair.standby().postmaster();
  }

  @Override
  boolean effectSeen() {
    return lab.answersWithTheNewest() == Answer.OLD;
  }

  @Test
  void aPrimaryReplaysNothing() throws Exception {
    lab.targets.define(HostLab.TARGET, PostgresTarget.Definition.of(pair.primary()));
    assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(fault())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is no standby");
  }

  @Test
  void whatSomebodyElsePausedIsRefusedAndStaysSo() throws Exception {
    try (Connection operator = pair.standby().connect("postgres", Duration.ofSeconds(5));
        Statement statement = operator.createStatement()) {
      statement.execute("SELECT pg_wal_replay_pause()");
      InjectionSpec spec = HostLab.spec(fault());
      assertThatThrownBy(() -> lab.injections().inject(spec, () -> {}))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("already");
      assertThat(lab.injections().heal(spec, "workflow").everInjected()).isFalse();
      assertThat(effectSeen()).isTrue();
      statement.execute("SELECT pg_wal_replay_resume()");
    }
  }
}
