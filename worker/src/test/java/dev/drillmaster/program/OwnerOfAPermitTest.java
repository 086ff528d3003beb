package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who has a permit on a real server when its owner was ended and cannot give it back. */
@Tag("server")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnerOfAPermitTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final DrilledServer server;
  private AgentRoom room;

  OwnerOfAPermitTest(@TempDir Path directory) throws IOException {
    this.server = new DrilledServer(directory);
  }

  @BeforeAll
  void up() throws Exception {
    server.up();
    room = server.room("one");
    server.start(room);
  }

  @AfterAll
  void down() throws Exception {
    server.down();
  }

  @Test
  void whoWaitsForItsTargetIsAdmittedWhenTheReaperHasProvenThatItIsOver() throws Exception {
    RunHandle owner = server.hold(room);
    RunHandle next = server.start(TwoAgents.held(room.host), PATIENCE);
    assertThat(DrilledHome.await(() -> permit(next, "state").equals(List.of("waiting")))).isTrue();

    server.terminate(owner);
    assertThat(DrilledHome.await(() -> !room.frozen())).isTrue();
    String told = server.reap();

    assertThat(DrilledHome.await(() -> permit(next, "state").equals(List.of("granted"))))
        .as(told)
        .isTrue();
    assertThat(permit(owner, "state")).containsExactly("released");
    assertThat(permit(owner, "released_at < latest_end")).containsExactly("t");
    assertThat(
            server.column(
                "SELECT next.granted_at >= owner.released_at AND owner.released_at >= run.ended_at"
                    + " FROM ledger.permit AS next, ledger.permit AS owner JOIN ledger.run AS run"
                    + " USING (run_id) WHERE next.workflow_id = '"
                    + next.name()
                    + "' AND owner.workflow_id = '"
                    + owner.name()
                    + "'"))
        .containsExactly("t");
    next.emergencyStop();
    assertThat(next.await(PATIENCE)).isPresent();
  }

  private List<String> permit(RunHandle run, String column) throws IOException {
    return server.column(
        "SELECT " + column + " FROM ledger.permit WHERE workflow_id = '" + run.name() + "'");
  }
}
