package dev.drillmaster.reaper;

import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.Books;
import dev.drillmaster.audit.LedgerActivities;
import dev.drillmaster.drill.Compensating;
import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.CompensationRequest;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Host;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.verdict.Outcome;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reaches the world through activities. What they cannot do now, they try until they can. */
final class WorkflowHands implements Hands {

  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  private static final RetryOptions PATIENT =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(500))
          .setMaximumInterval(Duration.ofSeconds(10))
          .build();

  private final LedgerActivities ledger;
  private final OpenRunActivities openRuns;
  private final HistoryActivities histories;
  private final List<String> told = new ArrayList<>();

  private WorkflowHands(Stubs stubs) {
    ledger = stubs.of(LedgerActivities.class, "write the ledger");
    openRuns = stubs.of(OpenRunActivities.class, "look into the ledger");
    histories = stubs.of(HistoryActivities.class, "ask Temporal about the run");
  }

  private interface Stubs {
    <T> T of(Class<T> activities, String summary);
  }

  /** For what may take long: each look is an activity, and whoever watches sees it. */
  static WorkflowHands patient() {
    return new WorkflowHands(WorkflowHands::activity);
  }

  /**
   * For the end of every run that closed its books: an activity that the server knows is three
   * events and a workflow task for each look, and a hundred runs end at once after a stop.
   */
  static WorkflowHands near() {
    return new WorkflowHands(WorkflowHands::localActivity);
  }

  private static <T> T activity(Class<T> activities, String summary) {
    return Workflow.newActivityStub(
        activities,
        ActivityOptions.newBuilder()
            .setSummary(summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setRetryOptions(PATIENT)
            .build());
  }

  private static <T> T localActivity(Class<T> activities, String summary) {
    return Workflow.newLocalActivityStub(
        activities,
        LocalActivityOptions.newBuilder()
            .setSummary(summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setRetryOptions(PATIENT)
            .build());
  }

  OpenRunActivities openRuns() {
    return openRuns;
  }

  HistoryActivities histories() {
    return histories;
  }

  /** All that was told, for people. */
  String account() {
    return String.join("\n", told);
  }

  @Override
  public HealReport heal(InjectionSpec injection) {
    return new Host(injection.host())
        .heal(injection, why -> tell(injection.target() + " is not healed yet: " + why));
  }

  @Override
  public @Nullable Injected injected(InjectionSpec injection) {
    return new Host(injection.host()).injected(injection.id());
  }

  @Override
  public CompensationReport compensate(OpenRun run, OpenCompensation open) {
    String system = run.plan().system();
    return Compensating.on(
        system,
        new CompensationRequest(
            run.runId(), open.position(), open.path(), open.compensation(), system));
  }

  @Override
  public DrillReport report(UUID runId, Outcome outcome) {
    return openRuns.report(runId, outcome);
  }

  @Override
  public void write(AuditBatch batch) {
    ledger.record(batch);
  }

  @Override
  public Instant now() {
    return Books.now();
  }

  @Override
  public void tell(String line) {
    told.add(line.strip());
    Workflow.setCurrentDetails("- " + String.join("\n- ", told));
  }
}
