package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.SteadyStateStep;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.proxy.Upstream;
import java.io.IOException;

/** Waits until one node is primary, the other streams, and the traffic goes to the primary. */
final class SteadyStateRunner implements StepRunner<SteadyStateStep> {

  @Override
  public Class<SteadyStateStep> stepClass() {
    return SteadyStateStep.class;
  }

  @Override
  public StepResult run(SteadyStateStep step, StepContext context)
      throws IOException, InterruptedException {
    String primary = context.roles().primary();
    String standby = context.roles().standby();
    boolean writable = context.await(() -> context.server(primary).observe().writable());
    boolean streams = context.await(() -> context.pair().streams(standby));
    Upstream wanted = context.pair().upstream(primary);
    Upstream seen = context.pair().proxy().route(context.system().traffic().route()).upstream();
    return StepResult.of(
        "primary " + primary + ", standby " + standby,
        Criterion.of(primary + " accepts writes", writable, writable ? "it does" : "it does not"),
        Criterion.of(standby + " streams", streams, streams ? "both say so" : "they do not say so"),
        Criterion.of("the traffic goes to " + primary, seen.equals(wanted), "to " + seen));
  }
}
