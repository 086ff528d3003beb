package dev.drillmaster.step;

import dev.drillmaster.drill.Step;
import dev.drillmaster.drill.StepResult;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Does one kind of step. Stateless. Whatever it changes it changes under the locks of the targets,
 * and so that {@link Settle} can put it right after an interruption anywhere.
 *
 * @param <S> the step's record
 */
interface StepRunner<S extends Step> {

  /** The record of the step. */
  Class<S> stepClass();

  /**
   * Does the step within its limit and looks at its built-in criteria. An unmet criterion is a
   * result; an exception says that the step could not be done or looked at.
   *
   * @throws InterruptedException if the run is being rolled back
   */
  StepResult run(S step, StepContext context)
      throws IOException, SQLException, InterruptedException;

  /** Called when the plan's own criteria were met, too. */
  default void verified(StepContext context) {}
}
