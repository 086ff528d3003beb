package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.drill.SynchronousReplicationStep;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.postgres.SynchronousReplication;
import java.io.IOException;
import java.sql.SQLException;

/** Lets the primary wait for its standby. */
final class SynchronousReplicationRunner implements StepRunner<SynchronousReplicationStep> {

  @Override
  public Class<SynchronousReplicationStep> stepClass() {
    return SynchronousReplicationStep.class;
  }

  @Override
  @SuppressWarnings("try") // The lock is held, not used.
  public StepResult run(SynchronousReplicationStep step, StepContext context)
      throws IOException, SQLException, InterruptedException {
    String primary = context.node("primary");
    String standby = context.node("standby");
    try (HostLock lock = context.journal().lockTarget(primary, context.left())) {
      boolean holds =
          new SynchronousReplication(context.server(primary), context.server(standby))
              .begin(context.left());
      return StepResult.of(
          primary + " waits for " + standby,
          Criterion.of(
              standby + " is synchronous", holds, holds ? "the primary says so" : "not in time"));
    }
  }
}
