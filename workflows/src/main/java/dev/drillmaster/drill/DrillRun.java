package dev.drillmaster.drill;

import dev.drillmaster.audit.Books;
import dev.drillmaster.injection.Host;
import dev.drillmaster.injection.HostQueues;
import dev.drillmaster.injection.Injection;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Ready;
import dev.drillmaster.verdict.FailureKind;
import dev.drillmaster.verdict.Finding;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one run, in order. What a step does is its runner's business; this knows only how
 * steps follow.
 */
final class DrillRun {

  private static final Duration GRACE = Duration.ofSeconds(10);

  static final String STOPPED = "stopped";

  private final DrillPlan plan;
  private final String host;
  private final Roles roles;
  private final @Nullable Looked looked;
  private final Books books;
  private final Progress progress;
  private final Rollback rollback;
  private final FaultsOfRun faults;
  private @Nullable Measurement measurement;

  /**
   * A run that can begin.
   *
   * @param looked what was seen before, if the plan is an experiment
   */
  DrillRun(
      DrillPlan plan,
      Roles roles,
      @Nullable Looked looked,
      Books books,
      Progress progress,
      Rollback rollback) {
    this.plan = plan;
    this.host = plan.system();
    this.roles = roles;
    this.looked = looked;
    this.books = books;
    this.progress = progress;
    this.rollback = rollback;
    this.faults = new FaultsOfRun(progress, this::found);
  }

  /** The newest measurement, or null if none was made. */
  @Nullable Measurement measurement() {
    return measurement;
  }

  void steps() {
    steps(plan.steps(), "");
  }

  private void steps(List<Step> steps, String prefix) {
    for (int index = 0; index < steps.size(); index++) {
      step(prefix + (index + 1), steps.get(index));
    }
  }

  void step(String path, Step step) {
    step(path, step, () -> act(path, step));
  }

  /** Does a step in this way, and writes down that it began and how it ended. */
  void step(String path, Step step, Supplier<StepResult> act) {
    Instant startedAt = Books.now();
    progress.step(path, step.does(roles));
    books.note(new RunEvent.StepStarted(path, step.kind(), step.name(), step.limit()));
    step.compensation().ifPresent(compensation -> rollback.register(path, compensation));
    StepResult result;
    try {
      result = act.get();
    } catch (RuntimeException failure) {
      StepStatus status = statusOf(path, step, failure);
      ended(line(path, step, status, startedAt, Failures.message(failure), List.of()), null);
      throw failure;
    }
    StepStatus status = StepStatus.of(result);
    ended(line(path, step, status, startedAt, result.detail(), result.criteria()), result);
    require(path, status, result);
  }

  private StepResult act(String path, Step step) {
    if (step instanceof InjectStep inject) {
      hold(fault(path, inject), null, () -> steps(inject.during(), path + "."));
      return StepResult.of("held while " + inject.during().size() + " steps ran, then healed");
    }
    if (step instanceof ExperimentStep experiment) {
      return new ExperimentRun(this, path, experiment).run(looked);
    }
    return run(path, step);
  }

  private static DrillReport.StepLine line(
      String path,
      Step step,
      StepStatus status,
      Instant startedAt,
      String detail,
      List<Criterion> criteria) {
    return new DrillReport.StepLine(
        path, step.kind(), step.name(), status, startedAt, Books.now(), detail, criteria);
  }

  private void ended(DrillReport.StepLine line, @Nullable StepResult result) {
    books.note(new RunEvent.StepEnded(line.path(), line.status(), line.detail(), result));
    progress.ended(line);
    if (result != null) {
      result.findings().forEach(finding -> found(line.path(), finding));
      measurement = result.measurement() == null ? measurement : result.measurement();
    }
  }

  /** Asks the host to do a step. */
  StepResult run(String path, Step step) {
    books.write();
    StepActivities hands =
        Workflow.newActivityStub(
            StepActivities.class,
            Host.options(HostQueues.acting(host), step.does(roles), 1)
                .setStartToCloseTimeout(step.limit().plus(GRACE))
                .setHeartbeatTimeout(Host.SILENCE)
                .build());
    return hands.run(new StepRequest(books.runId(), path, step, plan.system(), roles));
  }

  /**
   * Holds a fault while the body runs.
   *
   * @param ready what the host saw when it was asked about this one; null if it was not
   */
  void hold(InjectionSpec fault, @Nullable Ready ready, Runnable body) {
    Injection.hold(fault, ready, books, faults, body);
  }

  /** The fault of a step. */
  InjectionSpec fault(String path, InjectStep inject) {
    return inject.spec(books.runId(), path, plan.system(), roles);
  }

  /** Asks all hosts of an experiment that is a part of a drill. */
  Looked look(String path, ExperimentStep experiment) {
    return Looking.at(books, path, experiment, plan.system(), roles);
  }

  /** A step that threw: stopped, out of time, or our own trouble. */
  private StepStatus statusOf(String path, Step step, RuntimeException failure) {
    if (Failures.isCancellation(failure)) {
      return StepStatus.STOPPED;
    }
    if (failure instanceof StepFailed) {
      return StepStatus.NOT_MET;
    }
    Optional<StepStatus> inner = failedInside(path);
    if (inner.isPresent()) {
      return inner.get();
    }
    if (Failures.isOfType(failure, FailureKind.REFUSED)) {
      found(
          path,
          Finding.doubt(
              "refused", Failures.message(failure), "the message says what stands in the way"));
      return StepStatus.ERROR;
    }
    // A host that does not answer an inject in time is our trouble, and no limit of the plan.
    if (!(step instanceof InjectStep) && Failures.isOutOfTime(failure)) {
      found(
          path,
          Finding.failure(
              "step-out-of-time",
              "step " + path + " took longer than its limit",
              "see what the step waited for"));
      return StepStatus.NOT_MET;
    }
    found(
        path,
        Finding.doubt(
            "step-error",
            "step " + path + " could not be done: " + Failures.message(failure),
            "put that right and run again"));
    return StepStatus.ERROR;
  }

  /** How a step inside this one ended that failed, and has said why. */
  private Optional<StepStatus> failedInside(String path) {
    return progress.steps().stream()
        .filter(line -> line.path().startsWith(path + "."))
        .map(DrillReport.StepLine::status)
        .filter(status -> status == StepStatus.NOT_MET || status == StepStatus.ERROR)
        .findFirst();
  }

  private void require(String path, StepStatus status, StepResult result) {
    if (status == StepStatus.MET) {
      return;
    }
    for (Criterion criterion : result.criteria()) {
      String seen = "step " + path + ": " + criterion.name() + ": " + criterion.seen();
      switch (criterion.result()) {
        case MET -> {}
        case NOT_MET ->
            found(
                path,
                Finding.failure(
                    "criterion-not-met", seen, "the step names what must be true; see what is"));
        case UNKNOWN ->
            found(
                path,
                Finding.doubt(
                    "criterion-unknown", seen, "see why nobody could tell, and run again"));
      }
    }
    throw new StepFailed(path, status.text());
  }

  void found(String path, Finding finding) {
    if (progress.findings().contains(finding)) {
      // A later step that looks at the same thing finds the same.
      return;
    }
    progress.found(finding);
    books.note(new RunEvent.FindingRaised(path, finding));
  }

  /** By whom, or by what. */
  static Finding stopped(String by) {
    return Finding.doubt(
        STOPPED,
        "the run was stopped: " + by,
        "nothing if that was wanted; a stopped run proves nothing");
  }
}
