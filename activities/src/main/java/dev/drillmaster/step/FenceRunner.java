package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.FenceStep;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.journal.Fence;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.postgres.NodeObservation;
import dev.drillmaster.postgres.PostgresServer;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Fences a node in the journal and in its own directory, ends its processes, and looks. */
final class FenceRunner implements StepRunner<FenceStep> {

  @Override
  public Class<FenceStep> stepClass() {
    return FenceStep.class;
  }

  @Override
  public StepResult run(FenceStep step, StepContext context)
      throws IOException, InterruptedException {
    String node = context.node(step.node());
    PostgresServer server = context.server(node);
    try (HostLock lock = context.journal().lockTarget(node, context.left())) {
      writeFence(lock, node, step, context);
      server.sealAsStandby();
      server.kill(context.left());
    }
    NodeObservation seen = server.observe();
    if (seen.certainlyNotWritable()) {
      context.mark(Marks.FENCED);
    }
    return StepResult.of(
        node + " is fenced",
        Criterion.of(
            node + " accepts no writes",
            seen.certainlyNotWritable(),
            seen.running() ? seen.processes() + " processes run" : "no process of it runs"));
  }

  /**
   * A promotion in its place may have begun: a second fence must not make the first one liftable.
   */
  private static void writeFence(HostLock lock, String node, FenceStep step, StepContext context)
      throws IOException {
    Optional<Fence> earlier = context.journal().fenceOf(node);
    if (earlier.isPresent() && !earlier.get().readable()) {
      // It fences as it is, and a person may still read in it what this program cannot.
      return;
    }
    String successor = earlier.map(Fence::successor).orElse(null);
    Fence fence =
        new Fence(node, context.name(), step.name(), Instant.now(), context.runId(), successor);
    context.journal().fence(lock, fence);
  }
}
