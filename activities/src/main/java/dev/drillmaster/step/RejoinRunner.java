package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.RejoinStep;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.journal.Fence;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.postgres.NodeObservation;
import dev.drillmaster.postgres.Rejoined;
import dev.drillmaster.postgres.Replication;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

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
    try (HostLock lock = context.journal().lockTarget(node, context.left())) {
      List<Criterion> before = mayBeReplaced(node, primary, context);
      if (before.stream().anyMatch(each -> each.result() != Criterion.Result.MET)) {
        return StepResult.of("not rejoined", before.toArray(Criterion[]::new));
      }
      boolean streamed = context.pair().streams(node);
      String how = streamed ? "it streamed already" : copy(node, primary, step, lock, context);
      context.journal().liftFence(lock, node);
      context.mark(Marks.REDUNDANCY_RESTORED);
      return StepResult.of(
          node + " is a standby: " + how,
          Criterion.of(
              node + " streams on the timeline of " + primary,
              streamed || context.pair().streams(node),
              how));
    }
  }

  /**
   * Before anything is touched: the fence below is in favour of the other one and cannot be taken
   * back, and the data of the node is thrown away.
   */
  private static List<Criterion> mayBeReplaced(String node, String primary, StepContext context)
      throws IOException {
    boolean fenced = context.journal().fenceOf(primary).isPresent();
    NodeObservation leader = context.server(primary).observe();
    NodeObservation here = context.server(node).observe();
    return List.of(
        Criterion.of(
            primary + " is primary",
            leader.writable() && !fenced,
            fenced ? "it is fenced" : "it was seen as " + leader),
        Criterion.of(
            node + " accepts no writes", here.certainlyNotWritable(), "it was seen as " + here));
  }

  private static String copy(
      String node, String primary, RejoinStep step, HostLock lock, StepContext context)
      throws IOException, SQLException, InterruptedException {
    Fence fence =
        new Fence(node, context.name(), step.name(), Instant.now(), context.runId(), primary);
    context.journal().fence(lock, fence);
    Rejoined rejoined =
        new Replication(context.server(node)).rejoin(context.server(primary), context.left());
    long megabytes = rejoined.copy().bytes() >> 20;
    long timeline = rejoined.seen().role().orElseThrow().timeline();
    return "from a copy of " + megabytes + " MB, on timeline " + timeline;
  }
}
