package dev.drillmaster.drill;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Ready;
import dev.drillmaster.verdict.Finding;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One experiment: how its parts follow. Each fault is held by a thread of the workflow, from its
 * trigger until the experiment is over.
 */
final class ExperimentRun {

  /** A fault, from when it waits to begin. */
  private final class HeldFault {
    final String path;
    final ExperimentFault fault;
    final InjectStep inject;
    final CompletablePromise<Boolean> inForce = Workflow.newPromise();
    final CompletablePromise<Boolean> over = Workflow.newPromise();
    final Promise<Void> healed;

    /** Runs when the thread that begins them waits, and so when all of them are there. */
    HeldFault(int index, Looked looked) {
      this.path = places.fault(index);
      this.fault = experiment.faults().get(index);
      this.inject = experiment.inject(fault);
      this.healed = Async.procedure(() -> untilOver(looked));
    }

    private void untilOver(Looked looked) {
      if (!triggered()) {
        run.found(path, neverBegan());
        return;
      }
      run.step(
          path,
          inject,
          () -> {
            InjectionSpec spec = run.fault(path, inject);
            run.hold(spec, ready(spec, looked), this::untilItEnds);
            return StepResult.of("held, then healed");
          });
    }

    private void untilItEnds() {
      inForce.complete(true);
      List<Promise<?>> ends = new ArrayList<>(List.of(over));
      if (fault.lasts() != null) {
        ends.add(timer(fault.lasts(), fault.name() + " lasts"));
      }
      until(ends);
    }

    /** What was seen long before this one begins says nothing any more. */
    private @Nullable Ready ready(InjectionSpec spec, Looked looked) {
      return fault.begin().atOnce()
          ? looked.faults().stream()
              .filter(each -> each.injection().equals(spec.id()))
              .findFirst()
              .orElse(null)
          : null;
    }

    /** Waits for what is to come first; false if the experiment was over before. */
    private boolean triggered() {
      Begin begin = fault.begin();
      if (begin.after() != null) {
        until(List.of(over, named(begin.after()).inForce));
      }
      if (!begin.delay().isZero() && !over.isCompleted()) {
        until(List.of(over, timer(begin.delay(), fault.name() + " is delayed")));
      }
      if (begin.when() != null && !over.isCompleted()) {
        AwaitStep seen = new AwaitStep(fault.name(), experiment.hold(), List.of(begin.when()));
        Promise<StepResult> asked = Async.function(() -> run.run(path, seen));
        until(List.of(over, asked));
        return !over.isCompleted() && StepStatus.of(asked.get()) == StepStatus.MET;
      }
      return !over.isCompleted();
    }

    private Finding neverBegan() {
      return Finding.doubt(
          "fault-never-began",
          fault.name() + " never began: what it waits for did not come in time",
          "hold the other faults for longer, or see why it did not come to that");
    }
  }

  private final DrillRun run;
  private final ExperimentStep experiment;
  private final ExperimentPlaces places;
  private final List<HeldFault> faults = new ArrayList<>();
  private final Map<String, HeldFault> byName = new HashMap<>();

  ExperimentRun(DrillRun run, String path, ExperimentStep experiment) {
    this.run = run;
    this.experiment = experiment;
    this.places = new ExperimentPlaces(path, experiment.faults().size());
  }

  private HeldFault named(String name) {
    HeldFault found = byName.get(name);
    if (found == null) {
      throw new IllegalStateException("no fault before it is called " + name);
    }
    return found;
  }

  /**
   * All of it.
   *
   * @param seen what was seen before, if anybody has looked
   */
  StepResult run(@Nullable Looked seen) {
    Looked looked = seen == null ? run.look(places.path(), experiment) : seen;
    run.step(places.before(), experiment.before(), () -> gate(looked));
    @Nullable RuntimeException failure = hold(looked);
    CancellationScope.throwCanceled();
    if (faults.stream().anyMatch(each -> each.inForce.isCompleted())) {
      // Also after a breach: whether the system comes back is worth knowing then.
      run.step(places.after(watched()), experiment.after());
    }
    if (failure != null) {
      throw failure;
    }
    return StepResult.of("held and healed");
  }

  private boolean watched() {
    return !experiment.hold().isZero();
  }

  /** Written down before anything is injected: whatever becomes of the run, it can be repeated. */
  private StepResult withChoice(StepResult gate) {
    return experiment.seed() == null
        ? gate
        : gate.saying(
            "%s; seed %d chose %s"
                .formatted(
                    gate.detail(),
                    experiment.seed(),
                    String.join(
                        ", ",
                        experiment.faults().stream().map(ExperimentFault::targets).toList())));
  }

  /** A system that is not in its steady state refutes nothing. */
  private StepResult gate(Looked looked) {
    StepResult gate = looked.gate();
    if (gate == null) {
      throw new IllegalStateException("the host of the system did not say whether it is steady");
    }
    if (StepStatus.of(gate) != StepStatus.MET) {
      String seen =
          String.join(
              "; ",
              gate.criteria().stream()
                  .filter(each -> each.result() != Criterion.Result.MET)
                  .map(each -> each.name() + ": " + each.seen())
                  .toList());
      run.found(
          places.before(),
          Finding.doubt(
              "not-steady-before",
              "the steady state was not met before anything was injected: " + seen,
              "bring the system into its steady state, and run again"));
      throw new StepFailed(places.before(), "was not met: " + seen);
    }
    return withChoice(gate);
  }

  /** Returns when all are healed: why it went wrong, or null if it did not. */
  private @Nullable RuntimeException hold(Looked looked) {
    CancellationScope watching = Workflow.newCancellationScope(this::watch);
    for (int index = 0; index < experiment.faults().size(); index++) {
      HeldFault fault = new HeldFault(index, looked);
      faults.add(fault);
      byName.put(fault.fault.name(), fault);
      cancelIfItFails(watching, fault);
    }
    @Nullable RuntimeException failure = null;
    try {
      watching.run();
    } catch (RuntimeException thrown) {
      failure = thrown;
    }
    // The last first, so that a cascade is taken back in the order in which it came about.
    for (int index = faults.size() - 1; index >= 0; index--) {
      faults.get(index).over.complete(true);
    }
    for (HeldFault each : faults) {
      @Nullable RuntimeException ofFault = failureOf(each);
      // What ended a fault is why the watch was cancelled, and not the other way round.
      if (ofFault != null && (failure == null || Failures.isCancellation(failure))) {
        failure = ofFault;
      }
    }
    return failure;
  }

  private static @Nullable RuntimeException failureOf(HeldFault fault) {
    try {
      fault.healed.get();
      return null;
    } catch (RuntimeException failed) {
      return failed;
    }
  }

  private static void cancelIfItFails(CancellationScope watching, HeldFault fault) {
    fault.healed.handle(
        (healed, failed) -> {
          if (failed != null) {
            watching.cancel("the fault " + fault.fault.name() + " is over");
          }
          return "";
        });
  }

  /** The hold begins when all that begin at once are in force. */
  private void watch() {
    List<Promise<?>> atOnce = new ArrayList<>();
    for (HeldFault each : faults) {
      if (each.fault.begin().atOnce()) {
        atOnce.add(each.inForce);
      }
    }
    until(List.of(Promise.allOf(atOnce.toArray(Promise[]::new))));
    if (watched()) {
      run.step(places.watch(), experiment.watch());
    }
  }

  /** Waits for the first of these; a stop of the run is one of them. */
  private static void until(List<? extends Promise<?>> any) {
    List<Promise<?>> ends = new ArrayList<>(any);
    ends.add(CancellationScope.current().getCancellationRequest());
    Promise.anyOf(ends.toArray(Promise[]::new)).get();
    CancellationScope.throwCanceled();
  }

  private static Promise<Void> timer(Duration time, String what) {
    return Workflow.newTimer(time, TimerOptions.newBuilder().setSummary(what).build());
  }
}
