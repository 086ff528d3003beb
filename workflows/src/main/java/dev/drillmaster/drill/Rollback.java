package dev.drillmaster.drill;

import dev.drillmaster.audit.Books;
import dev.drillmaster.injection.Host;
import dev.drillmaster.injection.HostQueues;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * All compensations of a run, run last first. It never stops on an error, and every outcome is
 * written down. It runs at the end of every run, also of one that went well: each compensation
 * looks first, and so the last thing in the books is an observation that nothing was left behind.
 */
final class Rollback {

  private static final int ATTEMPTS = 5;

  /** The longest that one try of a compensation may take. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private record Registered(int position, String path, Compensation compensation) {}

  private final Books books;
  private final String host;
  private final String system;
  private final Deque<Registered> stack = new ArrayDeque<>();

  Rollback(Books books, String host, String system) {
    this.books = books;
    this.host = host;
    this.system = system;
  }

  /** Notes what would put the step right; the caller writes the books before it begins the step. */
  void register(String path, Compensation compensation) {
    Registered registered = new Registered(stack.size() + 1, path, compensation);
    stack.push(registered);
    books.note(new RunEvent.CompensationRegistered(registered.position(), path, compensation));
  }

  /** Runs every compensation, last first. Call it in a detached scope. */
  List<DrillReport.CompensationLine> run() {
    List<DrillReport.CompensationLine> lines = new ArrayList<>();
    while (!stack.isEmpty()) {
      Registered next = stack.pop();
      CompensationReport report = compensate(next);
      books.note(new RunEvent.CompensationEnded(next.position(), report));
      lines.add(
          new DrillReport.CompensationLine(
              next.position(),
              next.path(),
              next.compensation().kind(),
              report.state(),
              report.detail()));
    }
    return lines;
  }

  private CompensationReport compensate(Registered next) {
    CompensationActivities hands =
        Workflow.newActivityStub(
            CompensationActivities.class,
            Host.options(
                    HostQueues.healing(host),
                    "roll back step " + next.path() + ": " + next.compensation().does(),
                    ATTEMPTS)
                .setScheduleToStartTimeout(Duration.ofSeconds(30))
                .setStartToCloseTimeout(LIMIT)
                .build());
    try {
      return hands.compensate(
          new CompensationRequest(
              books.runId(), next.position(), next.path(), next.compensation(), system));
    } catch (ActivityFailure failed) {
      return new CompensationReport(
          CompensationReport.State.FAILED, Failures.message(failed), ATTEMPTS);
    }
  }
}
