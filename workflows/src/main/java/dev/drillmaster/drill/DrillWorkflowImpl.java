package dev.drillmaster.drill;

import dev.drillmaster.agent.Presence;
import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.Books;
import dev.drillmaster.injection.Host;
import dev.drillmaster.injection.HostQueues;
import dev.drillmaster.verdict.FailureKind;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins a run, lets its steps go, and closes it however they end. */
public final class DrillWorkflowImpl implements DrillWorkflow, ExperimentWorkflow {

  private static final int SEEDS = 1_000_000;

  private final boolean searchable;
  private final Progress progress = new Progress();
  private final Books books = new Books();
  private @Nullable CancellationScope body;
  private @Nullable DrillRun run;
  private @Nullable Rollback rollback;
  private @Nullable Guard guard;
  private @Nullable String stoppedBy;

  /**
   * What operators did before the run was in the books: a signal may be handled before the workflow
   * method, and what is written refers to the run.
   */
  private final List<RunEvent.OperatorCommanded> heldBack = new ArrayList<>();

  private boolean inTheBooks;

  /**
   * For a new run.
   *
   * @param searchable whether its namespace knows our {@link SearchAttributes}
   */
  public DrillWorkflowImpl(boolean searchable) {
    this.searchable = searchable;
  }

  @Override
  public DrillReport run(DrillRequest request) {
    Instant startedAt = Books.now();
    PlanRules.require(request.plan());
    AdmissionOfDrill.requireWait(request.maxWait());
    DrillPlan plan = request.plan().chosen(seed());
    progress.findBy(SearchAttributes.recorded(searchable), plan);
    CancellationScope steps = Workflow.newCancellationScope(() -> go(request, plan, startedAt));
    body = steps;
    if (stoppedBy != null) {
      steps.cancel(stoppedBy);
    }
    RuntimeException failure = null;
    try {
      steps.run();
    } catch (RuntimeException thrown) {
      failure = thrown;
    }
    Closing closing = new Closing(plan, startedAt, failure);
    CancellationScope detached = Workflow.newDetachedCancellationScope(closing);
    detached.run();
    boolean refusedForNow =
        failure instanceof NotAdmitted refused && refused.why().kind().passing();
    return end(closing.report(), refusedForNow);
  }

  @Override
  public void emergencyStop() {
    commanded(new RunEvent.OperatorCommanded("emergencyStop", "", "", null));
    stop("emergency stop");
  }

  private void commanded(RunEvent.OperatorCommanded command) {
    if (inTheBooks) {
      books.note(command, "operator", Assurance.DECLARED);
    } else {
      heldBack.add(command);
    }
  }

  @Override
  public DrillStatus status() {
    return progress.status(books.waiting());
  }

  private void stop(String reason) {
    if (stoppedBy == null) {
      stoppedBy = reason;
    }
    if (body != null) {
      body.cancel(reason);
    }
  }

  private void go(DrillRequest request, DrillPlan plan, Instant startedAt) {
    books.note(
        new RunEvent.RunStarted(
            Workflow.getInfo().getWorkflowId(),
            request.plan(),
            request.requester(),
            request.orchestrator(),
            startedAt,
            startedAt.plus(request.maxWait()).plus(plan.maxDuration()),
            Workflow.getInfo().getParentWorkflowId().orElse(null)));
    inTheBooks = true;
    heldBack.forEach(this::commanded);
    AdmissionOfDrill.require(plan, request.maxWait(), books, progress);
    TimerOptions latestEnd = TimerOptions.newBuilder().setSummary("latest end of the run").build();
    Workflow.newTimer(plan.maxDuration(), latestEnd)
        .handle(
            (over, cancelled) -> {
              if (cancelled == null) {
                stop("it took longer than " + plan.maxDuration().toSeconds() + " s");
              }
              return "";
            });
    ExperimentStep experiment = plan.experiment();
    Looked looked = null;
    if (experiment == null) {
      Presence.require(plan.hosts());
    } else {
      looked = Looking.at(books, "1", experiment, plan.system(), null);
    }
    guard = Guard.post(books, plan);
    // A stop that came meanwhile: an activity would be scheduled before it is cancelled.
    CancellationScope.throwCanceled();
    Rollback stack = new Rollback(books, plan.system(), plan.system());
    rollback = stack;
    Roles roles = looked == null ? resolve(plan) : looked.roles();
    DrillRun going = new DrillRun(plan, roles, looked, books, progress, stack);
    run = going;
    going.steps();
  }

  /** Of this run, also after a Workflow Reset; small, so that people can write it into a plan. */
  private int seed() {
    return (int) Math.floorMod(books.runId().getLeastSignificantBits(), (long) SEEDS);
  }

  private static Roles resolve(DrillPlan plan) {
    return Workflow.newActivityStub(
            StepActivities.class,
            Host.options(
                    HostQueues.acting(plan.system()),
                    "find " + plan.system() + " and who is primary",
                    3)
                .setStartToCloseTimeout(Duration.ofSeconds(30))
                .build())
        .resolve(plan.system());
  }

  /** A run that was refused for now completes, so that a schedule does not pause for it. */
  private static DrillReport end(DrillReport report, boolean refusedForNow) {
    if (report.asExpected() || refusedForNow) {
      return report;
    }
    String summary =
        report.verdict()
            + ", "
            + report.outcome().text()
            + (report.findings().isEmpty() ? "" : ": " + report.findings().get(0).summary())
            + (report.expected() == null
                ? ""
                : "; the plan expects " + report.expected().described());
    throw ApplicationFailure.newNonRetryableFailure(
        summary, FailureKind.of(report.verdict(), report.outcome()), report);
  }

  /** Rolls back, judges and writes the last of the books. Runs detached: nothing interrupts it. */
  private final class Closing implements Runnable {

    private final DrillPlan plan;
    private final Instant startedAt;
    private final @Nullable RuntimeException failure;
    private @Nullable DrillReport report;

    Closing(DrillPlan plan, Instant startedAt, @Nullable RuntimeException failure) {
      this.plan = plan;
      this.startedAt = startedAt;
      this.failure = failure;
    }

    DrillReport report() {
      if (report == null) {
        throw new IllegalStateException("closing has not run");
      }
      return report;
    }

    @Override
    public void run() {
      explain();
      progress.phase("rolling back", "putting right whatever was left behind, last first");
      List<DrillReport.CompensationLine> lines = rollback == null ? List.of() : rollback.run();
      lines.stream()
          .filter(line -> line.state() == CompensationReport.State.FAILED)
          .forEach(this::handOver);
      @Nullable Measurement measured =
          DrillWorkflowImpl.this.run == null ? null : DrillWorkflowImpl.this.run.measurement();
      boolean completed = failure == null;
      if (completed) {
        Judgement.objectives(plan.objectives(), measured).forEach(this::found);
      }
      progress.phase("closing", "writing the last of the books");
      progress.closed(close(lines, measured));
      if (guard != null) {
        guard.relieve();
      }
    }

    /** Once more if it turns out only then that the ledger has lost what was written before. */
    private DrillReport close(
        List<DrillReport.CompensationLine> lines, @Nullable Measurement measured) {
      boolean told;
      DrillReport closed;
      do {
        told = books.writtenAgain();
        if (told) {
          found(LedgerBehind.writtenAgain());
        }
        closed = report(lines, measured);
        books.note(new RunEvent.RunEnded(closed));
        books.writeAtLast();
      } while (told != books.writtenAgain());
      report = closed;
      return closed;
    }

    private void explain() {
      if (failure == null || foundStopped()) {
        return;
      }
      if (stoppedBy != null || cancelled(failure)) {
        found(DrillRun.stopped(stoppedBy == null ? "cancel" : stoppedBy));
      } else if (failure instanceof NotAdmitted refused) {
        found(refused.why().finding());
      } else if (!(failure instanceof StepFailed) && progress.findings().isEmpty()) {
        String code = Failures.isOfType(failure, FailureKind.REFUSED) ? "refused" : "run-error";
        found(Finding.doubt(code, Failures.message(failure), "put that right and run again"));
      }
    }

    /** By a stop that healed its fault before it told the run. */
    private boolean foundStopped() {
      return progress.findings().stream().map(Finding::code).anyMatch(DrillRun.STOPPED::equals);
    }

    /**
     * Whether somebody cancelled the run. The steps inside a fault that ended early are cancelled,
     * too, and nobody stopped those.
     */
    private boolean cancelled(RuntimeException thrown) {
      return Failures.isCancellation(thrown) && body != null && body.isCancelRequested();
    }

    private void handOver(DrillReport.CompensationLine line) {
      found(
          Finding.failure(
              "rollback-failed",
              "step " + line.path() + " could not be rolled back: " + line.detail(),
              "run \"drillmaster heal\"; if that fails too, bring the system to one primary by hand"));
    }

    private void found(Finding finding) {
      progress.found(finding);
      books.note(new RunEvent.FindingRaised("", finding));
    }

    private Outcome outcome(List<DrillReport.CompensationLine> lines) {
      if (lines.stream().anyMatch(line -> line.state() == CompensationReport.State.FAILED)) {
        return Outcome.HANDED_OVER;
      }
      if (failure == null) {
        return Outcome.COMPLETED;
      }
      boolean refused =
          failure instanceof NotAdmitted || Failures.isOfType(failure, FailureKind.REFUSED);
      return refused && nothingWasDone(lines) ? Outcome.REFUSED : Outcome.STOPPED;
    }

    private boolean nothingWasDone(List<DrillReport.CompensationLine> lines) {
      return !progress.anyWasInForce()
          && lines.stream().noneMatch(line -> line.state() == CompensationReport.State.DONE);
    }

    private DrillReport report(
        List<DrillReport.CompensationLine> lines, @Nullable Measurement measured) {
      Outcome outcome = outcome(lines);
      List<Finding> findings = progress.findings();
      Verdict verdict = Judgement.verdict(findings, outcome);
      Objectives objectives = plan.objectives();
      return new DrillReport(
          Workflow.getInfo().getWorkflowId(),
          books.runId(),
          plan.name(),
          verdict,
          outcome,
          startedAt,
          Books.now(),
          measured == null
              ? null
              : new DrillReport.Rto(
                  measured.rtoMillis(),
                  measured.rtoErrorMillis(),
                  objectives.rto() == null ? null : objectives.rto().toMillis()),
          measured == null
              ? null
              : new DrillReport.Rpo(
                  measured.lostTransactions(),
                  measured.rpoSeconds(),
                  measured.rpoBytes(),
                  objectives.rpo() == null ? null : objectives.rpo().toMillis() / 1000.0),
          measured,
          progress.injections(),
          progress.steps(),
          lines,
          findings,
          plan.expect() == null ? null : plan.expect().compare(verdict, outcome, findings));
    }
  }
}
