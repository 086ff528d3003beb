package dev.drillmaster.campaign;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.Books;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillRequest;
import dev.drillmaster.verdict.Outcome;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Begins the runs of a campaign one after the other, and says what came of them. */
public final class CampaignWorkflowImpl implements CampaignWorkflow {

  private final CampaignProgress progress = new CampaignProgress();
  private final Books books = new Books();
  private @Nullable String stoppedBy;
  private boolean inTheBooks;

  @Override
  public CampaignReport run(CampaignRequest request) {
    Instant startedAt = Books.now();
    CampaignRules.require(request);
    progress.begins(request);
    CancellationScope.current()
        .getCancellationRequest()
        .thenApply(
            reason -> {
              stop("cancel");
              return reason;
            });
    // Detached, because a Cancel that reached the run would leave it without a report: it is told
    // to stop instead, and ends with one.
    Workflow.newDetachedCancellationScope(() -> go(request, startedAt)).run();
    CampaignReport report =
        CampaignReport.of(
            Workflow.getInfo().getWorkflowId(),
            books.runId(),
            request.runs(),
            progress.over().size() < request.runs() ? Outcome.STOPPED : Outcome.COMPLETED,
            startedAt,
            Books.now(),
            progress.over());
    books.note(new CampaignEvent.CampaignEnded(report.inShort()));
    Workflow.newDetachedCancellationScope(books::writeAtLast).run();
    progress.closed(report);
    return end(report);
  }

  @Override
  public void emergencyStop() {
    stop("emergency stop");
  }

  @Override
  public CampaignStatus status() {
    return progress.status(stoppedBy, books.waiting());
  }

  private void stop(String by) {
    if (stoppedBy == null) {
      stoppedBy = by;
      noteStop(by);
    }
  }

  /** What is written refers to the campaign, which may not be in the books when it is stopped. */
  private void noteStop(String by) {
    if (inTheBooks) {
      books.note(new CampaignEvent.CampaignStopped(by), "operator", Assurance.DECLARED);
    }
  }

  private void go(CampaignRequest request, Instant startedAt) {
    books.note(
        new CampaignEvent.CampaignStarted(
            Workflow.getInfo().getWorkflowId(),
            request.wanted(),
            request.requester(),
            request.orchestrator(),
            startedAt));
    inTheBooks = true;
    if (stoppedBy != null) {
      noteStop(stoppedBy);
    }
    books.writeAtLast();
    for (CampaignRequest.Part part : request.parts()) {
      for (int run = 0; run < part.runs() && stoppedBy == null; run++) {
        one(part.plan(), request);
      }
    }
  }

  private void one(DrillPlan plan, CampaignRequest request) {
    int number = progress.over().size() + 1;
    String name = Workflow.getInfo().getWorkflowId() + "-" + number + "-" + plan.name();
    progress.runBegins(name);
    ChildRun child =
        new ChildRun(
            name,
            new DrillRequest(plan, request.requester(), request.orchestrator(), request.maxWait()));
    Workflow.await(() -> child.isOver() || stoppedBy != null);
    if (!child.isOver()) {
      child.emergencyStop();
    }
    progress.ended(child.end(number));
  }

  private static CampaignReport end(CampaignReport report) {
    if (report.expected()) {
      return report;
    }
    throw ApplicationFailure.newNonRetryableFailure(report.summary(), report.failureKind(), report);
  }
}
