package dev.drillmaster.reaper;

import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.CompensationReport.State;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionEvent;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ends one run that nobody looks after any more, from ledger and host journal alone: heals its
 * faults, runs its open compensations last first, and closes its books. Needs no workflow history.
 * Can be done again after an interruption anywhere.
 */
public final class Reaping {

  private final Hands hands;
  private final String by;

  /**
   * Acts by these hands.
   *
   * @param by who ends the run: the actor in its audit trail
   */
  public Reaping(Hands hands, String by) {
    this.hands = hands;
    this.by = by;
  }

  /** The books of a run, to note something about it. */
  LateBooks books(OpenRun run) {
    return new LateBooks(by, run.runId(), run.executionId(), run.month(), hands::now, hands::write);
  }

  /**
   * Tries once more what could not be rolled back when the run ended.
   *
   * @return whether all of it is put right now
   */
  public boolean tryAgain(OpenRun run) {
    LateBooks books = books(run);
    Outcome outcome = compensate(run, books);
    books.write();
    return outcome != Outcome.HANDED_OVER;
  }

  /**
   * Ends the run.
   *
   * @param why the finding that says what became of whoever looked after it
   * @return how its books were closed; handed over if something could not be put right
   * @throws RuntimeException if a fault is not healed yet: the books stay open, to be tried again
   */
  public DrillReport end(OpenRun run, Finding why) {
    LateBooks books = books(run);
    Set<UUID> written = injectedInTheBooks(run);
    for (InjectionSpec injection : run.openInjections()) {
      heal(injection, written.contains(injection.id()), books);
    }
    for (String path : run.runningSteps()) {
      books.note(
          "step/" + path, new RunEvent.StepEnded(path, StepStatus.STOPPED, why.summary(), null));
    }
    books.note("finding/" + why.code(), new RunEvent.FindingRaised("", why));
    Outcome outcome = compensate(run, books);
    // The report is made from the tables, so that what was just done must be in them.
    books.write();
    DrillReport report = hands.report(run.runId(), outcome);
    books.note("ended", new RunEvent.RunEnded(report));
    books.write();
    return report;
  }

  private Set<UUID> injectedInTheBooks(OpenRun run) {
    return hands.report(run.runId(), Outcome.STOPPED).injections().stream()
        .filter(line -> line.injectedAt() != null)
        .map(DrillReport.InjectionLine::id)
        .collect(Collectors.toSet());
  }

  private void heal(InjectionSpec injection, boolean written, LateBooks books) {
    HealReport healed = hands.heal(injection);
    // What the host saw and the workflow could not write any more.
    @Nullable Injected seen = written ? null : hands.injected(injection);
    if (seen != null) {
      books.note(
          "injected/" + injection.id(), new InjectionEvent.FaultInjected(injection.id(), seen));
    }
    books.note(
        "healed/" + injection.id(), new InjectionEvent.FaultHealed(injection.id(), healed, null));
    hands.tell(
        "  " + injection.target() + ": " + healed.inspection().detail() + ", by " + healed.by());
  }

  private Outcome compensate(OpenRun run, LateBooks books) {
    Outcome outcome = Outcome.STOPPED;
    for (OpenCompensation open : run.openCompensations()) {
      CompensationReport report = hands.compensate(run, open);
      books.note(
          "compensation/" + open.position() + "/" + report.state(),
          new RunEvent.CompensationEnded(open.position(), report));
      hands.tell("  " + open.compensation().does() + ": " + report.detail());
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
}
