package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.COMPENSATION;
import static dev.drillmaster.schema.Tables.FINDING;
import static dev.drillmaster.schema.Tables.INJECTION;
import static dev.drillmaster.schema.Tables.RUN;
import static dev.drillmaster.schema.Tables.STEP;

import dev.drillmaster.drill.CompensationReport;
import dev.drillmaster.drill.Criterion;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Expect;
import dev.drillmaster.drill.StepStatus;
import dev.drillmaster.schema.tables.records.CompensationRecord;
import dev.drillmaster.schema.tables.records.FindingRecord;
import dev.drillmaster.schema.tables.records.InjectionRecord;
import dev.drillmaster.schema.tables.records.RunRecord;
import dev.drillmaster.schema.tables.records.StepRecord;
import dev.drillmaster.verdict.Finding;
import dev.drillmaster.verdict.Outcome;
import dev.drillmaster.verdict.Severity;
import dev.drillmaster.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The report of a run, from the state tables alone. */
record StoredReport(DSLContext tables, UUID runId) {

  /** Orders steps as the plan does: 10 after 9.1 after 9. */
  static final Field<Integer[]> PLACE_IN_PLAN =
      DSL.field("string_to_array({0}, '.')::int[]", Integer[].class, STEP.PATH);

  DrillReport closed(Verdict verdict, Outcome outcome, Instant endedAt, List<Finding> more) {
    RunRecord run =
        tables
            .fetchOptional(RUN, RUN.RUN_ID.eq(runId))
            .orElseThrow(() -> new IllegalArgumentException("the ledger has no run " + runId));
    Expect expect = StoredValue.json(run.getPlan(), DrillPlan.class).expect();
    List<Finding> findings = new ArrayList<>(findings());
    findings.addAll(more);
    Verdict worst = worst(verdict, outcome, findings);
    return new DrillReport(
        run.getWorkflowId(),
        runId,
        run.getPlanName(),
        worst,
        outcome,
        run.getStartedAt(),
        endedAt,
        null,
        null,
        null,
        injections(),
        steps(),
        compensations(),
        List.copyOf(findings),
        expect == null ? null : expect.compare(worst, outcome, findings));
  }

  private static Verdict worst(Verdict given, Outcome outcome, List<Finding> findings) {
    Verdict verdict = outcome == Outcome.COMPLETED ? given : given.and(Verdict.INCONCLUSIVE);
    for (Finding finding : findings) {
      verdict = verdict.and(finding.verdict());
    }
    return verdict;
  }

  private List<DrillReport.InjectionLine> injections() {
    return tables
        .selectFrom(INJECTION)
        .where(INJECTION.RUN_ID.eq(runId))
        .orderBy(INJECTION.INTENDED_AT, INJECTION.INJECTION_ID)
        .fetch(StoredReport::injection);
  }

  private static DrillReport.InjectionLine injection(InjectionRecord stored) {
    return new DrillReport.InjectionLine(
        stored.getInjectionId(),
        stored.getFaultType(),
        stored.getMechanism(),
        stored.getTarget(),
        stored.getLeaseSeconds().doubleValue(),
        stored.getBoundSeconds().doubleValue(),
        stored.getInjectedAt(),
        stored.getHealStartedAt(),
        stored.getHealedAt(),
        Boolean.TRUE.equals(stored.getHealVerified()),
        Objects.requireNonNullElse(stored.getHealedBy(), ""),
        Objects.requireNonNullElse(stored.getDetail(), "not known"));
  }

  private List<DrillReport.StepLine> steps() {
    return tables
        .selectFrom(STEP)
        .where(STEP.RUN_ID.eq(runId))
        .orderBy(PLACE_IN_PLAN)
        .fetch(StoredReport::step);
  }

  private static DrillReport.StepLine step(StepRecord stored) {
    return new DrillReport.StepLine(
        stored.getPath(),
        stored.getKind(),
        stored.getName(),
        StoredValue.named(stored.getStatus(), StepStatus.class),
        stored.getStartedAt(),
        stored.getEndedAt(),
        Objects.requireNonNullElse(stored.getDetail(), ""),
        List.of(StoredValue.json(stored.getCriteria(), Criterion[].class)));
  }

  private List<DrillReport.CompensationLine> compensations() {
    return tables
        .selectFrom(COMPENSATION)
        .where(COMPENSATION.RUN_ID.eq(runId))
        .orderBy(COMPENSATION.POSITION.desc())
        .fetch(StoredReport::compensation);
  }

  private static DrillReport.CompensationLine compensation(CompensationRecord stored) {
    // One that nobody ran did not reach the wanted end, which is what FAILED says.
    boolean ran = !stored.getState().equals("registered");
    return new DrillReport.CompensationLine(
        stored.getPosition(),
        stored.getPath(),
        stored.getKind(),
        ran ? state(stored.getState()) : CompensationReport.State.FAILED,
        ran ? Objects.requireNonNullElse(stored.getDetail(), "") : "nobody ran it");
  }

  private static CompensationReport.State state(String stored) {
    return CompensationReport.State.valueOf(stored.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private List<Finding> findings() {
    return tables
        .selectFrom(FINDING)
        .where(FINDING.RUN_ID.eq(runId))
        .orderBy(FINDING.RAISED_AT, FINDING.FINDING_ID)
        .fetch(StoredReport::finding);
  }

  private static Finding finding(FindingRecord stored) {
    Severity severity = StoredValue.named(stored.getSeverity(), Severity.class);
    @Nullable String verdict = stored.getVerdict();
    return new Finding(
        stored.getCode(),
        severity,
        verdict == null ? allowedBy(severity) : Verdict.valueOf(verdict),
        stored.getSummary(),
        stored.getRemedy());
  }

  /** For findings that are older than the column; never better than what was meant. */
  private static Verdict allowedBy(Severity severity) {
    return severity.compareTo(Severity.HIGH) >= 0 ? Verdict.FAILED : Verdict.INCONCLUSIVE;
  }
}
