package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.DetectStep;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.steadystate.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A monitor: asks at an interval until the answer was not tolerated often enough in a row. */
final class DetectRunner implements StepRunner<DetectStep> {

  @Override
  public Class<DetectStep> stepClass() {
    return DetectStep.class;
  }

  @Override
  public StepResult run(DetectStep step, StepContext context) throws InterruptedException {
    List<Observation> inARow = new ArrayList<>();
    while (true) {
      long asked = System.nanoTime();
      Observation seen = context.ask(step.probe());
      if (seen.met() == null) {
        return result(step, List.of(seen), Criterion.Result.UNKNOWN, seen.value());
      }
      if (seen.met()) {
        inARow.clear();
      } else {
        inARow.add(seen);
      }
      if (inARow.size() >= step.failures()) {
        context.mark(Marks.DETECTED);
        return result(step, inARow, Criterion.Result.MET, seen.value());
      }
      if (context.left().isZero()) {
        return result(
            step, List.of(seen), Criterion.Result.NOT_MET, "last answer: " + seen.value());
      }
      Duration since = Duration.ofNanos(System.nanoTime() - asked);
      TimeUnit.NANOSECONDS.sleep(Math.max(0, step.interval().minus(since).toNanos()));
    }
  }

  private static StepResult result(
      DetectStep step, List<Observation> seen, Criterion.Result result, String what) {
    Criterion criterion = new Criterion("the outage is noticed", result, what);
    return new StepResult(
        step.probe().name() + ": " + what, List.of(criterion), seen, List.of(), null);
  }
}
