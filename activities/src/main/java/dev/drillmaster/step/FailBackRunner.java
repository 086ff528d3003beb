package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.FailBackStep;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.journal.Fence;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.postgres.CleanShutdown;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.Replication;
import dev.drillmaster.postgres.RoleChange;
import dev.drillmaster.postgres.StopMode;
import dev.drillmaster.postgres.Stopped;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Gives the roles back as planned: nothing is lost, see {@link RoleChange}. */
final class FailBackRunner implements StepRunner<FailBackStep> {

  private static final Duration STOP = Duration.ofSeconds(10);

  @Override
  public Class<FailBackStep> stepClass() {
    return FailBackStep.class;
  }

  @Override
  public StepResult run(FailBackStep step, StepContext context)
      throws IOException, SQLException, InterruptedException {
    String wanted = context.roles().primary();
    String present = context.roles().standby();
    if (!context.server(wanted).observe().writable()) {
      if (!context.pair().streams(wanted)) {
        return StepResult.of(
            "not failed back", Criterion.of(wanted + " streams", false, "it does not"));
      }
      handOver(present, wanted, step, context);
    }
    boolean writable = context.server(wanted).observe().writable();
    boolean streams = context.await(() -> context.pair().streams(present));
    return StepResult.of(
        "primary " + wanted + ", standby " + present,
        Criterion.of(wanted + " accepts writes", writable, writable ? "it does" : "it does not"),
        Criterion.of(
            present + " streams", streams, streams ? "both say so" : "they do not say so"));
  }

  @SuppressWarnings("try") // The lock of the next one is held, not used.
  private static void handOver(String from, String to, FailBackStep step, StepContext context)
      throws IOException, SQLException, InterruptedException {
    PostgresServer old = context.server(from);
    PostgresServer next = context.server(to);
    // Before writes stop, so that stopping is short.
    old.checkpoint(context.left());
    try (HostLock lock = context.journal().lockTarget(from, context.left());
        HostLock other = context.journal().lockTarget(to, context.left())) {
      if (context.journal().fenceOf(to).isPresent()) {
        throw new IOException(to + " is still fenced: let it rejoin first");
      }
      context.mark(Marks.FAIL_BACK_BEGUN);
      Fence fence =
          new Fence(from, context.name(), step.name(), Instant.now(), context.runId(), null);
      context.journal().fence(lock, fence);
      old.sealAsStandby();
      if (old.stop(StopMode.FAST, STOP) != Stopped.AS_ASKED) {
        throw new IOException(from + " did not stop in good order, so that nothing is proven");
      }
      CleanShutdown end = new RoleChange(old).cleanShutdown();
      new RoleChange(next).awaitEverythingFrom(end, context.left());
      context.journal().fence(lock, fence.inFavourOf(to));
      new RoleChange(next).promote(context.left());
      context.pair().redirect(to);
      context.mark(Marks.FAIL_BACK_DONE);
      new Replication(old).follow(next);
      old.start(STOP);
      new Replication(old).awaitStreaming(next, context.left());
      context.journal().liftFence(lock, from);
    }
  }
}
