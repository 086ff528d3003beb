package dev.drillmaster.step;

import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.CompensationReport.State;
import dev.drillmaster.drill.CompensationRequest;
import dev.drillmaster.drill.SettleCompensation;
import dev.drillmaster.system.Pair;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Brings the pair to its wanted end, see {@link Pair#settle}. */
final class Settle implements Compensator<SettleCompensation> {

  private static final Duration BOUND = Duration.ofSeconds(40);

  @Override
  public Class<SettleCompensation> compensationClass() {
    return SettleCompensation.class;
  }

  @Override
  public CompensationReport compensate(CompensationRequest request, Pair pair, int attempt)
      throws IOException, SQLException, InterruptedException {
    Pair.Settled settled = pair.settle(BOUND);
    State state = settled.changed() || attempt > 1 ? State.DONE : State.NOT_NEEDED;
    return new CompensationReport(state, settled.detail(), attempt);
  }
}
