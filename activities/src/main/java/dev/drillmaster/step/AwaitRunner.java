package dev.drillmaster.step;

import dev.drillmaster.drill.AwaitStep;
import dev.drillmaster.drill.StepResult;

/** Does nothing by itself: what the plan waits for is asked as of every step. */
final class AwaitRunner implements StepRunner<AwaitStep> {

  @Override
  public Class<AwaitStep> stepClass() {
    return AwaitStep.class;
  }

  @Override
  public StepResult run(AwaitStep step, StepContext context) {
    return StepResult.of("waited");
  }
}
