package dev.drillmaster.step;

import dev.drillmaster.drill.ReconcileStep;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.measure.LoadJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Measures while the load goes on: first the journal, then the rows, see {@link Measuring}. */
final class ReconcileRunner implements StepRunner<ReconcileStep> {

  @Override
  public Class<ReconcileStep> stepClass() {
    return ReconcileStep.class;
  }

  @Override
  public StepResult run(ReconcileStep step, StepContext context)
      throws IOException, SQLException, InterruptedException {
    Path file = context.marks().journal();
    LoadJournal[] journal = {LoadJournal.read(file)};
    // Recovered means that successes last, which takes a while to be seen.
    context.await(
        () -> {
          journal[0] = LoadJournal.read(file);
          return Measuring.outage(journal[0]).recoveryTime().measured();
        });
    // Asked after reading: one that runs now ran then, and its journal had no end yet.
    boolean ended = !context.marks().loadRuns();
    return Measuring.of(journal[0], context).withoutLaterRows().result(ended);
  }
}
