package dev.drillmaster.drill;

import dev.drillmaster.verdict.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is.
 *
 * @param phase {@code preparing}, {@code waiting} (to be admitted), {@code running}, {@code
 *     stopping}, {@code rolling back}, {@code closing}, {@code closed}
 * @param path the current step's place in the plan, empty before the first
 * @param doing what it does now, for people
 * @param held the faults that are held
 * @param steps the steps that are over, in order
 * @param findings what was found so far
 * @param waiting why it waits, if it does (the ledger does not take what is written), else null
 * @param report what came of it, once it is over; also the way to the report of a cancelled run,
 *     which Temporal ends without details
 */
public record DrillStatus(
    String phase,
    String path,
    String doing,
    List<HeldFault> held,
    List<DrillReport.StepLine> steps,
    List<Finding> findings,
    @Nullable String waiting,
    @Nullable DrillReport report) {

  /**
   * A fault that may be in force.
   *
   * @param id the injection
   * @param effect what it does
   * @param target to what
   * @param latestEnd when it ends in any case
   */
  public record HeldFault(String id, String effect, String target, Instant latestEnd) {}
}
