package dev.drillmaster.program;

import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.CompensationReport.State;
import dev.drillmaster.drill.CompensationRequest;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionEvent;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.ledger.Ledger;
import dev.drillmaster.ledger.OpenCompensation;
import dev.drillmaster.ledger.OpenRun;
import dev.drillmaster.ledger.OpenRuns;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Ends one run that nobody looks after any more, from ledger and host journal alone: heals its
 * faults, runs its open compensations last first, and closes its books. Needs no workflow history.
 * Can be done again after an interruption anywhere.
 */
final class LeftBehind {

  private static final int ATTEMPTS = 3;

  private final LocalHost host;
  private final Ledger ledger;
  private final OpenRuns openRuns;
  private final Consumer<String> progress;

  LeftBehind(LocalHost host, DataSource writer, Consumer<String> progress) {
    this.host = host;
    this.ledger = new Ledger(writer);
    this.openRuns = new OpenRuns(writer);
    this.progress = progress;
  }

  /** All runs whose books are open. */
  List<OpenRun> runs() {
    return openRuns.all();
  }

  /** Runs whose books are closed, and that were handed over because a rollback failed. */
  List<OpenRun> handedOver() {
    return openRuns.handedOver();
  }

  /**
   * Tries once more what could not be rolled back when the run ended.
   *
   * @return whether all of it is put right now
   */
  boolean tryAgain(OpenRun run) throws InterruptedException {
    LateBooks books = books(run);
    Outcome outcome = compensate(run, books);
    books.write();
    return outcome != Outcome.HANDED_OVER;
  }

  /**
   * Ends the run.
   *
   * @return how its books were closed; handed over if something could not be put right
   * @throws IOException if a fault is not healed yet: the books stay open, to be tried again
   */
  DrillReport end(OpenRun run) throws IOException, InterruptedException {
    LateBooks books = books(run);
    noteInjected(run, books);
    for (InjectionSpec injection : run.openInjections()) {
      HealReport healed = host.injections().heal(injection, LateBooks.BY);
      books.note(
          "healed/" + injection.id(), new InjectionEvent.FaultHealed(injection.id(), healed, null));
      progress.accept(
          "  " + injection.target() + ": " + healed.inspection().detail() + ", by " + healed.by());
    }
    for (String path : run.runningSteps()) {
      books.note(
          "step/" + path,
          new RunEvent.StepEnded(path, StepStatus.STOPPED, "the program died", null));
    }
    Finding why =
        Finding.doubt(
            "program-died",
            "the program that looked after the run died before it was over",
            "run it again; a run that was left behind proves nothing");
    books.note("finding/program-died", new RunEvent.FindingRaised("", why));
    Outcome outcome = compensate(run, books);
    // The report is made from the tables, so that what was just done must be in them.
    books.write();
    DrillReport report =
        openRuns.report(run.runId(), Verdict.INCONCLUSIVE, outcome, Instant.now(), List.of());
    books.note("ended", new RunEvent.RunEnded(report));
    books.write();
    return report;
  }

  /** What the host saw and the workflow could not write any more. */
  private void noteInjected(OpenRun run, LateBooks books) throws IOException {
    DrillReport known =
        openRuns.report(
            run.runId(), Verdict.INCONCLUSIVE, Outcome.STOPPED, Instant.now(), List.of());
    for (DrillReport.InjectionLine line : known.injections()) {
      if (line.injectedAt() == null) {
        host.journal()
            .injected(line.id())
            .ifPresent(
                seen ->
                    books.note(
                        "injected/" + line.id(),
                        new InjectionEvent.FaultInjected(line.id(), seen)));
      }
    }
  }

  private Outcome compensate(OpenRun run, LateBooks books) throws InterruptedException {
    Outcome outcome = Outcome.STOPPED;
    for (OpenCompensation open : run.openCompensations()) {
      CompensationReport report = compensate(run, open);
      books.note(
          "compensation/" + open.position() + "/" + report.state(),
          new RunEvent.CompensationEnded(open.position(), report));
      progress.accept("  " + open.compensation().does() + ": " + report.detail());
      if (report.state() == State.FAILED) {
        outcome = Outcome.HANDED_OVER;
        books.note(
            "finding/rollback-failed/" + open.position(),
            new RunEvent.FindingRaised(
                open.path(),
                Finding.failure(
                    "rollback-failed",
                    "step " + open.path() + " could not be rolled back: " + report.detail(),
                    "put that right by hand, then run \"drillmaster heal\"")));
      }
    }
    return outcome;
  }

  private CompensationReport compensate(OpenRun run, OpenCompensation open)
      throws InterruptedException {
    CompensationRequest request =
        new CompensationRequest(
            run.runId(), open.position(), open.path(), open.compensation(), run.plan().system());
    String last = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return host.steps().compensate(request, attempt);
      } catch (IOException | SQLException | RuntimeException failed) {
        String why = String.valueOf(failed.getMessage());
        if (attempt < ATTEMPTS && !why.equals(last)) {
          progress.accept("  not yet, trying again: " + why);
        }
        last = why;
      }
    }
    return new CompensationReport(State.FAILED, last, ATTEMPTS);
  }

  private LateBooks books(OpenRun run) {
    return new LateBooks(ledger, run.runId(), run.executionId(), run.month());
  }
}
