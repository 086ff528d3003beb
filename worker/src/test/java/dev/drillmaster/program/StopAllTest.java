package dev.drillmaster.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.process.Signal;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is stopped from a second terminal, and begins again when somebody resumes. */
@Tag("lab")
@Tag("full")
class StopAllTest {

  private static final String STOPS =
      "SELECT stopped_by || ': ' || reason || coalesce('; ' || resume_reason, '')"
          + " FROM compliance.global_stops ORDER BY stopped_at";

  private final DrilledHome drilled;

  StopAllTest(@TempDir Path directory) throws IOException {
    this.drilled = new DrilledHome(directory);
  }

  @AfterEach
  void down() throws Exception {
    drilled.close();
  }

  @Test
  void stopAllHealsEndsRunsAndRefusesNewOnesUntilSomebodyResumes() throws Exception {
    DrilledHome.Started run = drilled.held(drilled.heldPlan().toString());

    DrilledHome.Started stop = drilled.start("stop", "--all", "--reason", "users complain");
    assertThat(stop.end()).as(stop.said()).isZero();
    assertThat(stop.said())
        .containsPattern("HOST +HEALED +VERIFIED +MS\nlab +1 +1 +\\d+\n")
        .contains("recorded: no run begins until")
        // On a machine that is slow, the program ends with its run before it can be asked.
        .containsPattern("is over: INCONCLUSIVE, stopped|no run goes on");
    assertThat(run.end()).as(run.said()).isEqualTo(3);
    assertThat(drilled.journal().open()).isEmpty();

    DrilledHome.Started refused = drilled.start("run", drilled.lookPlan().toString());
    assertThat(refused.end()).as(refused.said()).isEqualTo(4);
    assertThat(refused.said())
        .contains("refused-global-stop")
        .contains("users complain")
        .contains("drillmaster resume");
    assertThat(drilled.start("status").end()).isZero();

    DrilledHome.Started resume = drilled.start("resume", "--reason", "they are content");
    assertThat(resume.end()).as(resume.said()).isZero();
    assertThat(resume.said()).contains("runs may begin again").contains("users complain");
    DrilledHome.Started next = drilled.start("run", drilled.lookPlan().toString());
    assertThat(next.end()).as(next.said()).isZero();
    assertThat(drilled.ledger().column(STOPS))
        .singleElement()
        .asString()
        .endsWith(": users complain; they are content");
    assertThat(drilled.ledger().column("SELECT state FROM compliance.permits ORDER BY asked_at"))
        .containsExactly("released", "refused", "released");
    assertThat(drilled.ledger().unaudited()).isEmpty();
  }

  @Test
  void aTemporalServerThatDoesNotAnswerKeepsNoFaultInForce() throws Exception {
    DrilledHome.Started run = drilled.held(drilled.heldPlan().toString());
    // The in-process server stops with its program.
    run.signal(Signal.STOP);

    DrilledHome.Started stop = drilled.start("stop", "--all", "--reason", "nothing answers");
    assertThat(stop.end()).as(stop.said()).isEqualTo(70);
    assertThat(stop.said())
        .contains("does not answer: runs cannot be told")
        .containsPattern("lab +1 +1 +\\d+\n")
        .contains("recorded: no run begins until");
    assertThat(drilled.journal().open()).isEmpty();
    assertThat(drilled.ledger().column(STOPS))
        .singleElement()
        .asString()
        .endsWith(": nothing answers");

    run.signal(Signal.KILL);
    run.end();
    DrilledHome.Started heal = drilled.start("heal");
    assertThat(heal.end()).as(heal.said()).isZero();
    assertThat(drilled.ledger().column("SELECT state FROM ledger.permit"))
        .containsExactly("released");
  }

  @Test
  void stoppingNeedsAReason() throws Exception {
    DrilledHome.Started stop = drilled.start("stop", "--all");

    assertThat(stop.end()).isEqualTo(64);
    assertThat(stop.said()).contains("--reason TEXT is needed");
  }
}
