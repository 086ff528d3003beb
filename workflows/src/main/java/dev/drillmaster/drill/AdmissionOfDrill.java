package dev.drillmaster.drill;

import dev.drillmaster.audit.Books;
import dev.drillmaster.audit.LedgerUnavailable;
import dev.drillmaster.guard.Admission;
import dev.drillmaster.guard.AdmissionRequest;
import dev.drillmaster.guard.Gate;
import dev.drillmaster.guard.GuardEvent;
import dev.drillmaster.guard.Refusal;
import dev.drillmaster.verdict.FailureKind;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a drill asks the guard for. */
final class AdmissionOfDrill {

  private static final String PRODUCTION = "production";

  private AdmissionOfDrill() {}

  /** Fails the workflow for good if the run is to wait longer than any run may. */
  static void requireWait(Duration wait) {
    if (wait.isNegative() || wait.compareTo(Gate.LONGEST_WAIT) > 0) {
      throw ApplicationFailure.newNonRetryableFailure(
          "wait: at most " + Gate.LONGEST_WAIT.toHours() + " h", FailureKind.REFUSED);
    }
  }

  /**
   * Writes the books, because the answer refers to the run, and returns when the run is admitted.
   *
   * @throws NotAdmitted if it is refused; also if the ledger does not even take that it began
   */
  static void require(DrillPlan plan, Duration maxWait, Books books, Progress progress) {
    Instant askedAt = Books.now();
    AdmissionRequest wanted = wanted(plan, maxWait, books);
    Admission answer = answer(wanted, books, progress);
    if (answer.decision() == Admission.Decision.REFUSED) {
      Refusal why = answer.obstacle();
      if (why.kind() == Refusal.Kind.NO_ANSWER) {
        // Every other answer was written by whoever gave it.
        books.note(
            new GuardEvent.PermitRefused(wanted.workflowId(), wanted.targets(), askedAt, why));
      }
      throw new NotAdmitted(why);
    }
  }

  private static AdmissionRequest wanted(DrillPlan plan, Duration maxWait, Books books) {
    return new AdmissionRequest(
        books.runId(),
        books.executionId(),
        books.month(),
        Workflow.getInfo().getWorkflowId(),
        targets(plan),
        plan.environment().equals(PRODUCTION),
        plan.maxDuration(),
        longest(plan),
        maxWait);
  }

  /**
   * What the plan acts on: its system as a whole if any step changes that, and each target of
   * another host. A plan that does neither only looks, and is taken to act on its system.
   */
  static List<String> targets(DrillPlan plan) {
    Set<String> targets = new LinkedHashSet<>();
    targets(plan.steps(), plan.system(), targets);
    return targets.isEmpty() ? List.of(plan.system()) : List.copyOf(targets);
  }

  private static void targets(List<Step> steps, String system, Set<String> targets) {
    for (Step step : steps) {
      if (step.changesTheSystem()) {
        targets.add(system);
      }
      if (step instanceof InjectStep inject && inject.host() != null) {
        targets.add(inject.host() + "/" + inject.target());
      }
      targets(step.during(), system, targets);
    }
  }

  private static Admission answer(AdmissionRequest wanted, Books books, Progress progress) {
    try {
      books.write();
    } catch (LedgerUnavailable silent) {
      return Admission.refused(Refusal.noAnswer(String.valueOf(silent.getMessage())));
    }
    Gate gate =
        new Gate(wanted, why -> progress.phase("waiting", "to be admitted: " + why.sentence()));
    return gate.pass();
  }

  /**
   * The longest that a run and its rollback may take: the plan's maxDuration, and then for each
   * fault the longest that it can outlive the steps, and for each compensation one try that takes
   * all the time it may.
   */
  static Duration longest(DrillPlan plan) {
    return plan.maxDuration().plus(rollback(plan.steps()));
  }

  private static Duration rollback(List<Step> steps) {
    Duration sum = Duration.ZERO;
    for (Step step : steps) {
      if (step.compensation().isPresent()) {
        sum = sum.plus(Compensating.LIMIT);
      }
      if (step instanceof InjectStep inject) {
        sum = sum.plus(inject.fault().bound(inject.lease()));
      }
      sum = sum.plus(rollback(step.during()));
    }
    return sum;
  }
}
