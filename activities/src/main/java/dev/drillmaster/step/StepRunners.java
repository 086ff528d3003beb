package dev.drillmaster.step;

import dev.drillmaster.drill.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The runners of this program, one for each kind of step. */
final class StepRunners {

  private static final List<StepRunner<?>> ALL =
      List.of(
          new SteadyStateRunner(),
          new StartLoadRunner(),
          new DetectRunner(),
          new FenceRunner(),
          new PromoteRunner(),
          new RedirectRunner(),
          new ReconcileRunner(),
          new RejoinRunner(),
          new FailBackRunner(),
          new StopLoadRunner(),
          new SynchronousReplicationRunner(),
          new WatchRunner(),
          new AwaitRunner());

  private final Map<Class<?>, StepRunner<?>> byStep = new HashMap<>();

  StepRunners() {
    ALL.forEach(runner -> byStep.put(runner.stepClass(), runner));
    if (!byStep.keySet().containsAll(HostSteps.kinds())) {
      throw new IllegalStateException("a kind of step has no runner: " + HostSteps.kinds());
    }
  }

  @SuppressWarnings("unchecked") // The key is the runner's own step class.
  StepRunner<Step> of(Step step) {
    StepRunner<?> runner = byStep.get(step.getClass());
    if (runner == null) {
      throw new IllegalArgumentException("a host does no " + step.kind() + " by itself");
    }
    return (StepRunner<Step>) runner;
  }
}
