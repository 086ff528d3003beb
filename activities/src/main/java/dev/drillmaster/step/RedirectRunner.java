package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.RedirectStep;
import dev.drillmaster.drill.StepResult;
import java.io.IOException;

/** Sends the traffic to a node that was seen to accept writes. */
final class RedirectRunner implements StepRunner<RedirectStep> {

  @Override
  public Class<RedirectStep> stepClass() {
    return RedirectStep.class;
  }

  @Override
  public StepResult run(RedirectStep step, StepContext context)
      throws IOException, InterruptedException {
    String node = context.node(step.node());
    if (!context.server(node).observe().writable()) {
      return StepResult.of(
          "not redirected", Criterion.of(node + " accepts writes", false, "it was not seen to"));
    }
    boolean changed = context.pair().redirect(node);
    context.mark(Marks.REDIRECTED);
    return StepResult.of(
        "the traffic goes to " + node,
        Criterion.of("the route leads to " + node, true, changed ? "now" : "as before"));
  }

  @Override
  public void verified(StepContext context) {
    context.mark(Marks.VALIDATED);
  }
}
