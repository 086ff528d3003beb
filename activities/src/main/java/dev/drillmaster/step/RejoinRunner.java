package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.RejoinStep;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.journal.Fence;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.postgres.Rejoined;
import dev.drillmaster.postgres.Replication;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;

/** Makes a former primary a standby from a fresh copy; then its fence is not needed any more. */
final class RejoinRunner implements StepRunner<RejoinStep> {

  @Override
  public Class<RejoinStep> stepClass() {
    return RejoinStep.class;
  }

  @Override
  public StepResult run(RejoinStep step, StepContext context)
      throws IOException, SQLException, InterruptedException {
    String node = context.node(step.node());
    String primary = context.system().other(node);
    Rejoined rejoined;
    try (HostLock lock = context.journal().lockTarget(node, context.left())) {
      context
          .journal()
          .fence(
              lock,
              new Fence(
                  node, context.name(), step.name(), Instant.now(), context.runId(), primary));
      rejoined =
          new Replication(context.server(node)).rejoin(context.server(primary), context.left());
      context.journal().liftFence(lock, node);
    }
    context.marks().stamp(Marks.REDUNDANCY_RESTORED);
    long megabytes = rejoined.copy().bytes() >> 20;
    return StepResult.of(
        node + " is a standby again, from a copy of " + megabytes + " MB",
        Criterion.of(
            node + " streams on the timeline of " + primary,
            context.pair().streams(node),
            "timeline " + rejoined.seen().role().orElseThrow().timeline()));
  }
}
