package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.drill.WatchStep;
import dev.drillmaster.steadystate.Observation;
import dev.drillmaster.verdict.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Watches until the time is over or something is not tolerated. */
final class WatchRunner implements StepRunner<WatchStep> {

  @Override
  public Class<WatchStep> stepClass() {
    return WatchStep.class;
  }

  @Override
  public StepResult run(WatchStep step, StepContext context) throws InterruptedException {
    List<Criterion> criteria = new ArrayList<>();
    List<Observation> observations = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    long begun = System.nanoTime();
    for (Watch.Seen seen : new Watch(step, context::ask).untilBreach()) {
      criteria.add(seen.criterion(step));
      observations.addAll(seen.ended());
      seen.stopped().ifPresent(findings::add);
    }
    Duration watched = Duration.ofNanos(System.nanoTime() - begun);
    String detail =
        "watched for %d of %d ms".formatted(watched.toMillis(), step.duration().toMillis());
    return new StepResult(detail, criteria, observations, findings, null);
  }
}
