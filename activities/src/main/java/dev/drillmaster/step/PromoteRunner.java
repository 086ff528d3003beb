package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.Fencing;
import dev.drillmaster.drill.PromoteStep;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.journal.Fence;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.postgres.NodeObservation;
import dev.drillmaster.postgres.Promotion;
import dev.drillmaster.postgres.RoleChange;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Promotes a node after its partner was seen to be fenced. */
final class PromoteRunner implements StepRunner<PromoteStep> {

  @Override
  public Class<PromoteStep> stepClass() {
    return PromoteStep.class;
  }

  @Override
  @SuppressWarnings("try") // The lock is held, not used.
  public StepResult run(PromoteStep step, StepContext context)
      throws IOException, SQLException, InterruptedException {
    String node = context.node(step.node());
    String other = context.system().other(node);
    // First, since the fence of the other one cannot be taken back once it has a successor.
    if (context.journal().fenceOf(node).isPresent()) {
      return StepResult.of(
          "not promoted", Criterion.of(node + " is not fenced itself", false, "it is"));
    }
    Criterion fenced =
        step.fence() == Fencing.NONE
            ? supersede(node, other, step, context)
            : fenceInFavourOf(node, other, context);
    if (fenced.result() != Criterion.Result.MET) {
      return StepResult.of("not promoted", fenced);
    }
    // Not the lock of the other one: whoever heals it must not wait for a promotion.
    try (HostLock lock = context.journal().lockTarget(node, context.left())) {
      Promotion promotion = new RoleChange(context.server(node)).promote(context.left());
      context.mark(Marks.PROMOTED);
      boolean newer = promotion.timeline() > promotion.parentTimeline();
      return StepResult.of(
          node + " is primary on timeline " + promotion.timeline(),
          fenced,
          Criterion.of(
              node + " accepts writes on a new timeline",
              newer,
              "timeline " + promotion.timeline() + ", forked at " + promotion.fork()));
    }
  }

  /** Whoever settles the pair later must know whose data is to be kept. */
  private static Criterion supersede(
      String node, String other, PromoteStep step, StepContext context)
      throws IOException, InterruptedException {
    try (HostLock lock = context.journal().lockTarget(other, context.left())) {
      Fence superseded =
          new Fence(other, context.name(), step.name(), Instant.now(), context.runId(), node);
      context.journal().supersede(lock, superseded);
    }
    return Criterion.of("the plan wants no fence", true, other + " may accept writes, too");
  }

  /** From here on the other one is never primary again, whatever becomes of this promotion. */
  private static Criterion fenceInFavourOf(String node, String other, StepContext context)
      throws IOException, InterruptedException {
    String name = other + " is fenced and accepts no writes";
    try (HostLock lock = context.journal().lockTarget(other, context.left())) {
      Optional<Fence> fence = context.journal().fenceOf(other);
      if (fence.isEmpty()) {
        return Criterion.of(name, false, "there is no fence: no promotion without one");
      }
      NodeObservation seen = context.server(other).observe();
      if (!seen.certainlyNotWritable()) {
        return Criterion.of(name, false, "it may be writing: " + seen);
      }
      context.journal().fence(lock, fence.get().inFavourOf(node));
      return Criterion.of(name, true, "fenced by " + fence.get().by());
    }
  }
}
