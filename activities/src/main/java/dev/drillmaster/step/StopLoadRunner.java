package dev.drillmaster.step;

import dev.drillmaster.drill.StepResult;
import dev.drillmaster.drill.StopLoadStep;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.measure.LoadJournal;
import dev.drillmaster.process.Poll;
import dev.drillmaster.verdict.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the load and measures from its whole journal. */
final class StopLoadRunner implements StepRunner<StopLoadStep> {

  private static final Logger LOG = LoggerFactory.getLogger(StopLoadRunner.class);

  private static final Duration LASTS = Duration.ofSeconds(5);

  @Override
  public Class<StopLoadStep> stepClass() {
    return StopLoadStep.class;
  }

  @Override
  public StepResult run(StopLoadStep step, StepContext context)
      throws IOException, SQLException, InterruptedException {
    Path file = context.marks().journal();
    if (context.marks().loadRuns()) {
      // That it writes for good takes a while to be seen, and after the stop nobody sees it.
      Poll.until(LASTS, () -> Measuring.writesAfterFailBack(LoadJournal.read(file)));
    }
    Optional<Finding> lost = stop(context);
    StepResult measured = Measuring.of(LoadJournal.read(file), context).result(true);
    return lost.map(measured::plus).orElse(measured);
  }

  private static Optional<Finding> stop(StepContext context) throws InterruptedException {
    try {
      String lost = LoadControl.in(context.marks().directory()).stop().lost();
      return lost.isEmpty()
          ? Optional.empty()
          : Optional.of(
              Finding.doubt(
                  "journal-lost",
                  "the load stopped measuring: " + lost,
                  "see that the disk of the load's host has room, and run again"));
    } catch (IOException gone) {
      // Its journal then has no end, which the measurement says.
      LOG.warn("the load of run {} could not be stopped: {}", context.runId(), gone.getMessage());
      return Optional.empty();
    }
  }
}
