package dev.drillmaster.step;

import dev.drillmaster.drill.AsynchronousReplicationCompensation;
import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.CompensationReport.State;
import dev.drillmaster.drill.CompensationRequest;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.SynchronousReplication;
import dev.drillmaster.system.Pair;
import java.io.IOException;
import java.sql.SQLException;

/** Lets whoever is primary now wait for nobody, if a step of ours made it wait. */
final class AsynchronousReplication implements Compensator<AsynchronousReplicationCompensation> {

  @Override
  public Class<AsynchronousReplicationCompensation> compensationClass() {
    return AsynchronousReplicationCompensation.class;
  }

  @Override
  public CompensationReport compensate(CompensationRequest request, Pair pair, int attempt)
      throws IOException, SQLException {
    String primary =
        pair.primary()
            .orElseThrow(() -> new IOException("not exactly one node accepts writes: try again"));
    PostgresServer standby = pair.server(pair.system().other(primary));
    boolean ended = new SynchronousReplication(pair.server(primary), standby).end();
    return new CompensationReport(
        ended || attempt > 1 ? State.DONE : State.NOT_NEEDED,
        primary + " waits for nobody",
        attempt);
  }
}
