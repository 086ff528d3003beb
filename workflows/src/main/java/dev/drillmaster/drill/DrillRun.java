package dev.drillmaster.drill;

import dev.drillmaster.audit.Books;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Held;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.Host;
import dev.drillmaster.injection.HostQueues;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.Injection;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Ready;
import dev.drillmaster.verdict.FailureKind;
import dev.drillmaster.verdict.Finding;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one run, in order. What a step does is its runner's business; this knows only how
 * steps follow.
 */
final class DrillRun implements Injection.Watcher {

  private static final Duration GRACE = Duration.ofSeconds(10);

  static final String STOPPED = "stopped";

  /** What a host calls the layer that heals because this run asks for it. */
  private static final String HEALED_ON_PURPOSE = "workflow";

  private final DrillPlan plan;
  private final String host;
  private final Roles roles;
  private final @Nullable Looked looked;
  private final Books books;
  private final Progress progress;
  private final Rollback rollback;
  private final Set<UUID> endedEarly = new HashSet<>();
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
      hold(path, inject, null, () -> steps(inject.during(), path + "."));
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
   * Holds the fault of a step while the body runs.
   *
   * @param ready what the host saw when it was asked about this one; null if it was not
   */
  void hold(String path, InjectStep inject, @Nullable Ready ready, Runnable body) {
    InjectionSpec spec = inject.spec(books.runId(), path, plan.system(), roles);
    Injection.hold(spec, ready, books, this, body);
  }

  /** The identity of the fault of a step. */
  UUID idOf(String path, InjectStep inject) {
    return inject.spec(books.runId(), path, plan.system(), roles).id();
  }

  /** Asks all hosts of an experiment that is a part of a drill. */
  Looked look(String path, ExperimentStep experiment) {
    return Looking.again(path, experiment, plan.system(), books, roles);
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

  @Override
  public void intended(InjectionSpec injection) {
    progress.intended(injection);
  }

  @Override
  public void injected(InjectionSpec injection, Injected injected) {
    progress.injected(injection, injected);
  }

  @Override
  public void endedEarly(InjectionSpec injection, @Nullable Held held, String why) {
    endedEarly.add(injection.id());
    if (held == null) {
      found(
          injection.path(),
          Finding.doubt(
              "holder-failed",
              "the holder of " + injection.target() + " failed: " + why,
              "see what became of it on the host; nobody knows how long the fault was in force"));
    } else if (held.byStopOfEverything()) {
      found(injection.path(), stopped("stop of everything"));
    } else {
      found(injection.path(), endedEarly(injection, why));
    }
  }

  /** By whom, or by what. */
  static Finding stopped(String by) {
    return Finding.doubt(
        STOPPED,
        "the run was stopped: " + by,
        "nothing if that was wanted; a stopped run proves nothing");
  }

  private static Finding endedEarly(InjectionSpec injection, String why) {
    return Finding.doubt(
        "fault-ended-early",
        "the fault on " + injection.target() + " ended before its steps did: " + why,
        "let its limit be longer than its steps take, and see that nobody else heals it");
  }

  @Override
  public void unconfirmed(InjectionSpec injection, String detail) {
    progress.phase("healing", "NOT CONFIRMED on " + injection.target() + ": " + detail);
    found(
        injection.path(),
        Finding.doubt(
            "heal-unconfirmed",
            "healing " + injection.target() + " was not confirmed at first: " + detail,
            "see the host; the target's own expiry bounds the fault to "
                + injection.bound().toSeconds()
                + " s"));
  }

  @Override
  public void healed(InjectionSpec injection, HealReport heal, @Nullable HoldReport hold) {
    boolean wasInForce = progress.wasInForce(injection.id());
    progress.healed(injection, heal);
    if (!heal.verified()) {
      found(
          injection.path(),
          Finding.doubt(
              "heal-not-verified",
              "nobody saw that the fault on "
                  + injection.target()
                  + " is over: "
                  + heal.inspection().detail(),
              "look at the target, and run \"drillmaster heal\" if the fault is still there"));
    }
    if (wasInForce && !heal.everInjected()) {
      found(
          injection.path(),
          Finding.doubt(
              "healed-elsewhere",
              "the host that healed " + injection.target() + " knows of no fault there",
              "see whether the host's journal was lost or two hosts have the same name"));
    }
    if (!endedEarly.contains(injection.id())) {
      held(injection, heal, hold);
    }
  }

  /** Whether the fault was in force until it was to be healed. */
  private void held(InjectionSpec injection, HealReport heal, @Nullable HoldReport hold) {
    if (heal.everInjected() && hold == null) {
      found(
          injection.path(),
          Finding.doubt(
              "holder-lost",
              "the holder of " + injection.target() + " gave no account",
              "nobody knows how long the fault was in force; run again"));
    } else if (hold != null && hold.lapsed()) {
      found(
          injection.path(),
          Finding.doubt(
              "lease-lapsed",
              "the lease on " + injection.target() + " ran out while the fault was to be held",
              "see what kept the host from renewing it"));
    } else if (heal.everInjected() && !heal.by().equals(HEALED_ON_PURPOSE)) {
      // The holder was healing when the last step ended: its account came too late to cancel it.
      found(injection.path(), endedEarly(injection, "healed by " + heal.by()));
    }
  }
}
