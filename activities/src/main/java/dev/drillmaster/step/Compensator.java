package dev.drillmaster.step;

import dev.drillmaster.drill.Compensation;
import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.CompensationRequest;
import dev.drillmaster.system.Pair;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Does one kind of compensation. Stateless, idempotent, safe if the step never began.
 *
 * @param <C> the compensation's record
 */
interface Compensator<C extends Compensation> {

  /** The record of the compensation. */
  Class<C> compensationClass();

  /**
   * Brings about the wanted end and looks at it.
   *
   * @param attempt from 1
   * @throws IOException if the wanted end is not reached; it is tried again
   */
  CompensationReport compensate(CompensationRequest request, Pair pair, int attempt)
      throws IOException, SQLException, InterruptedException;
}
