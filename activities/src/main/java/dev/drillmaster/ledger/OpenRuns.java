package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.COMPENSATION;
import static dev.drillmaster.schema.Tables.INJECTION;
import static dev.drillmaster.schema.Tables.RUN;
import static dev.drillmaster.schema.Tables.STEP;

import dev.drillmaster.drill.Compensation;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Step;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.reaper.OpenCompensation;
import dev.drillmaster.reaper.OpenRun;
import dev.drillmaster.schema.tables.records.InjectionRecord;
import dev.drillmaster.schema.tables.records.RunRecord;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * Runs as the ledger alone knows them, for whoever has no workflow history. Reads only the state
 * tables, since whoever writes the audit trail may not read it; each answer is of one instant.
 * Every method throws jOOQ's {@code DataAccessException} if the database does not answer.
 */
public final class OpenRuns {

  private final Transactions transactions;

  /**
   * @param writer as for {@link Ledger}
   */
  public OpenRuns(DataSource writer) {
    this.transactions = new Transactions(writer);
  }

  /** All runs whose books are open, the oldest first. */
  public List<OpenRun> all() {
    return transactions.read(
        tables ->
            tables
                .selectFrom(RUN)
                .where(RUN.ENDED_AT.isNull())
                .orderBy(RUN.STARTED_AT, RUN.RUN_ID)
                .fetch(run -> open(tables, run)));
  }

  /** One run, if its books are open. */
  public Optional<OpenRun> find(UUID runId) {
    return transactions.read(
        tables ->
            tables
                .selectFrom(RUN)
                .where(RUN.RUN_ID.eq(runId), RUN.ENDED_AT.isNull())
                .fetchOptional(run -> open(tables, run)));
  }

  /**
   * Runs whose books are closed although a compensation failed or was never run, the oldest first:
   * whoever heals tries those again.
   */
  public List<OpenRun> handedOver() {
    return transactions.read(
        tables ->
            tables
                .selectFrom(RUN)
                .where(RUN.ENDED_AT.isNotNull())
                .and(
                    RUN.RUN_ID.in(
                        tables
                            .select(COMPENSATION.RUN_ID)
                            .from(COMPENSATION)
                            .where(COMPENSATION.STATE.in("registered", "failed"))))
                .orderBy(RUN.STARTED_AT, RUN.RUN_ID)
                .fetch(run -> open(tables, run)));
  }

  /**
   * The report with which the books of a run can be closed: what the tables say about it, with
   * nothing measured, because measurements are lost with the history. Its verdict is the worst of
   * the one given and those that the findings allow, and not PASSED unless the run was completed.
   *
   * @param more findings that are not in the ledger yet; they come last
   * @throws IllegalArgumentException if the ledger has no such run
   */
  public DrillReport report(
      UUID runId, Verdict verdict, Outcome outcome, Instant endedAt, List<Finding> more) {
    return transactions.read(
        tables -> new StoredReport(tables, runId).closed(verdict, outcome, endedAt, more));
  }

  /**
   * The report of a run that is over, as JSON.
   *
   * @param workflowId the run's name; of several runs of that name the newest is meant
   * @return empty if there is no such run, or if it goes on
   */
  public Optional<String> closed(String workflowId) {
    return transactions.read(
        tables ->
            tables
                .select(RUN.REPORT)
                .from(RUN)
                .where(RUN.WORKFLOW_ID.eq(workflowId))
                .orderBy(RUN.STARTED_AT.desc())
                .limit(1)
                .fetchOptional(RUN.REPORT)
                .map(JSONB::data));
  }

  /** The newest runs, at most {@code count}, the newest first. */
  public List<RunLine> recent(int count) {
    return transactions.read(
        tables ->
            tables
                .selectFrom(RUN)
                .orderBy(RUN.STARTED_AT.desc(), RUN.RUN_ID)
                .limit(count)
                .fetch(OpenRuns::line));
  }

  private static RunLine line(RunRecord run) {
    @Nullable String verdict = run.getVerdict();
    @Nullable String outcome = run.getOutcome();
    return new RunLine(
        run.getWorkflowId(),
        run.getPlanName(),
        run.getStartedAt(),
        run.getEndedAt(),
        verdict == null ? null : Verdict.valueOf(verdict),
        outcome == null ? null : StoredValue.named(outcome, Outcome.class));
  }

  private static OpenRun open(DSLContext tables, RunRecord run) {
    DrillPlan plan = StoredValue.json(run.getPlan(), DrillPlan.class);
    return new OpenRun(
        run.getRunId(),
        run.getExecutionId(),
        run.getWorkflowId(),
        run.getMonth(),
        run.getStartedAt(),
        plan,
        Objects.requireNonNullElse(run.getOrchestrator(), ""),
        openInjections(tables, run.getRunId(), plan),
        openCompensations(tables, run.getRunId()),
        runningSteps(tables, run.getRunId()));
  }

  private static List<InjectionSpec> openInjections(DSLContext tables, UUID runId, DrillPlan plan) {
    return tables
        .selectFrom(INJECTION)
        .where(INJECTION.RUN_ID.eq(runId))
        .and(INJECTION.STATE.in("intended", "injected", "unconfirmed"))
        .orderBy(INJECTION.INTENDED_AT, INJECTION.INJECTION_ID)
        .fetch(injection -> spec(injection, plan));
  }

  private static InjectionSpec spec(InjectionRecord injection, DrillPlan plan) {
    @Nullable BigDecimal longest = injection.getLongestSeconds();
    return new InjectionSpec(
        injection.getInjectionId(),
        injection.getRunId(),
        injection.getPath(),
        StoredValue.json(injection.getFault(), Fault.class),
        injection.getTarget(),
        injection.getHost(),
        StoredValue.duration(injection.getLeaseSeconds()),
        longest == null ? limit(plan, injection.getPath()) : StoredValue.duration(longest));
  }

  /** For injections that are older than the column; drills held a fault for the step's limit. */
  private static Duration limit(DrillPlan plan, String path) {
    List<Step> steps = plan.steps();
    Duration limit = plan.maxDuration();
    for (String number : path.split("\\.", -1)) {
      Step step = steps.get(Integer.parseInt(number) - 1);
      limit = step.limit();
      steps = step.during();
    }
    return limit;
  }

  private static List<OpenCompensation> openCompensations(DSLContext tables, UUID runId) {
    return tables
        .selectFrom(COMPENSATION)
        .where(COMPENSATION.RUN_ID.eq(runId))
        .and(COMPENSATION.STATE.in("registered", "failed"))
        .orderBy(COMPENSATION.POSITION.desc())
        .fetch(
            open ->
                new OpenCompensation(
                    open.getPosition(),
                    open.getPath(),
                    StoredValue.json(open.getCompensation(), Compensation.class)));
  }

  private static List<String> runningSteps(DSLContext tables, UUID runId) {
    return tables
        .select(STEP.PATH)
        .from(STEP)
        .where(STEP.RUN_ID.eq(runId))
        .and(STEP.STATUS.eq("running"))
        .orderBy(StoredReport.PLACE_IN_PLAN)
        .fetch(STEP.PATH);
  }
}
