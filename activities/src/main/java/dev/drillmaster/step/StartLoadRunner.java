package dev.drillmaster.step;

import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.StartLoadStep;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.injector.RefusedException;
import dev.drillmaster.measure.LoadControl;
import dev.drillmaster.measure.LoadSettings;
import dev.drillmaster.measure.LoadStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Starts the load process of the run, and waits for a second without a failure. */
final class StartLoadRunner implements StepRunner<StartLoadStep> {

  /** After this long a load that nobody stops ends by itself: the longest run and its rollback. */
  private static final Duration LATEST_END = Duration.ofMinutes(90);

  /** Slices of 100 ms, see {@link LoadStatus#strip}; the newest one is not over yet. */
  private static final int SECOND = 10;

  @Override
  public Class<StartLoadStep> stepClass() {
    return StartLoadStep.class;
  }

  @Override
  public StepResult run(StartLoadStep step, StepContext context)
      throws IOException, InterruptedException {
    LoadControl load =
        context
            .loadStarter()
            .launch(
                new LoadSettings(context.marks().directory(), services(step, context), LATEST_END));
    load.start(context.runId().toString(), step.rate());
    boolean steady = context.await(() -> secondWithoutFailure(load.status()));
    LoadStatus seen = load.status();
    return StepResult.of(
        step.rate() + " transactions a second",
        Criterion.of(
            "a second without a failure",
            steady,
            seen.ok()
                + " acknowledged, "
                + seen.failed()
                + " failed, "
                + seen.unknown()
                + " unknown"));
  }

  private static List<URI> services(StartLoadStep step, StepContext context) {
    if (step.services().isEmpty()) {
      return context.system().load().services();
    }
    return step.services().stream()
        .map(
            name -> {
              String base = context.system().endpoints().get(name);
              if (base == null) {
                throw new RefusedException(
                    "the system has no endpoint "
                        + name
                        + ", only "
                        + context.system().endpoints().keySet());
              }
              return URI.create(base);
            })
        .toList();
  }

  private static boolean secondWithoutFailure(LoadStatus status) {
    List<LoadStatus.Slice> strip = status.strip();
    if (strip.size() <= SECOND + 1) {
      return false;
    }
    return strip.subList(strip.size() - 1 - SECOND, strip.size() - 1).stream()
        .allMatch(slice -> slice.ok() > 0 && slice.failed() == 0);
  }
}
