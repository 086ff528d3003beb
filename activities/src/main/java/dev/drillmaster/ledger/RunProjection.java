package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.COMPENSATION;
import static dev.drillmaster.schema.Tables.FINDING;
import static dev.drillmaster.schema.Tables.OBSERVATION;
import static dev.drillmaster.schema.Tables.OPERATOR_COMMAND;
import static dev.drillmaster.schema.Tables.RUN;
import static dev.drillmaster.schema.Tables.STEP;

import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.NamedId;
import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillReport;
import dev.drillmaster.drill.Resilience;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.drill.StepResult;
import dev.drillmaster.steadystate.Observation;
import dev.drillmaster.wire.Wire;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** Events of a run, its steps and compensations. */
final class RunProjection implements Projection {

  @Override
  public boolean apply(DSLContext transaction, AuditEntry entry) {
    if (entry.event() instanceof RunEvent.RunStarted event) {
      started(transaction, entry, event);
    } else if (entry.event() instanceof RunEvent.StepStarted event) {
      stepStarted(transaction, entry, event);
    } else if (entry.event() instanceof RunEvent.StepEnded event) {
      stepEnded(transaction, entry, event);
    } else if (entry.event() instanceof RunEvent.CompensationRegistered event) {
      registered(transaction, entry, event);
    } else if (entry.event() instanceof RunEvent.CompensationEnded event) {
      compensated(transaction, entry, event);
    } else if (entry.event() instanceof RunEvent.FindingRaised event) {
      found(transaction, entry, event);
    } else if (entry.event() instanceof RunEvent.OperatorCommanded event) {
      commanded(transaction, entry, event);
    } else if (entry.event() instanceof RunEvent.RunEnded event) {
      ended(transaction, entry, event.report());
      GuardProjection.release(transaction, entry);
    } else {
      return false;
    }
    return true;
  }

  private static void started(DSLContext transaction, AuditEntry entry, RunEvent.RunStarted event) {
    DrillPlan plan = event.plan();
    byte[] canonicalPlan = CanonicalBytes.of(Wire.json().valueToTree(plan));
    transaction
        .insertInto(RUN)
        .set(RUN.RUN_ID, entry.runId())
        .set(RUN.WORKFLOW_ID, event.workflowId())
        .set(RUN.EXECUTION_ID, entry.executionId())
        .set(RUN.PLAN_NAME, plan.name())
        .set(RUN.PLAN, Projection.json(plan))
        .set(
            RUN.PLAN_DIGEST,
            HexFormat.of().formatHex(CanonicalBytes.sha256().digest(canonicalPlan)))
        .set(RUN.ENVIRONMENT, plan.environment())
        .set(RUN.REQUESTER, event.requester())
        .set(RUN.ORCHESTRATOR, event.orchestrator())
        .set(RUN.CAMPAIGN, event.campaign())
        .set(RUN.STARTED_AT, event.startedAt())
        .set(RUN.LATEST_END, event.latestEnd())
        .set(RUN.RTO_OBJECTIVE_MILLIS, millis(plan.objectives().rto()))
        .set(RUN.RPO_OBJECTIVE_SECONDS, seconds(plan.objectives().rpo()))
        .set(RUN.MONTH, entry.month())
        .set(RUN.AUDIT_ID, entry.id())
        // After a Workflow Reset the run goes on under another execution, also one that was over.
        .onConflict(RUN.RUN_ID)
        .doUpdate()
        .set(RUN.EXECUTION_ID, entry.executionId())
        .setNull(RUN.ENDED_AT)
        .setNull(RUN.VERDICT)
        .setNull(RUN.OUTCOME)
        .setNull(RUN.REPORT)
        .setNull(RUN.RESILIENCE_SCORE)
        .setNull(RUN.RESILIENCE_COVERAGE)
        .setNull(RUN.RESILIENCE_PARTS)
        .set(RUN.AUDIT_ID, entry.id())
        .execute();
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  private static @Nullable BigDecimal seconds(@Nullable Duration duration) {
    return duration == null ? null : Projection.seconds(duration);
  }

  private static void stepStarted(
      DSLContext transaction, AuditEntry entry, RunEvent.StepStarted event) {
    transaction
        .insertInto(STEP)
        .set(STEP.RUN_ID, entry.runId())
        .set(STEP.PATH, event.path())
        .set(STEP.KIND, event.stepKind())
        .set(STEP.NAME, event.name())
        .set(STEP.STARTED_AT, entry.occurredAt())
        .set(STEP.TIME_LIMIT_SECONDS, Projection.seconds(event.limit()))
        .set(STEP.STATUS, "running")
        .set(STEP.MONTH, entry.month())
        .set(STEP.AUDIT_ID, entry.id())
        .onConflict(STEP.RUN_ID, STEP.PATH)
        .doUpdate()
        .set(STEP.STATUS, "running")
        .set(STEP.AUDIT_ID, entry.id())
        .execute();
  }

  private static void stepEnded(
      DSLContext transaction, AuditEntry entry, RunEvent.StepEnded event) {
    StepResult result = event.result();
    transaction
        .update(STEP)
        .set(STEP.ENDED_AT, entry.occurredAt())
        .set(STEP.STATUS, event.status().text())
        .set(
            STEP.CRITERIA,
            result == null ? JSONB.valueOf("[]") : Projection.json(result.criteria()))
        .set(STEP.DETAIL, event.detail())
        .set(STEP.AUDIT_ID, entry.id())
        .where(STEP.RUN_ID.eq(entry.runId()), STEP.PATH.eq(event.path()))
        .execute();
    if (result != null) {
      int number = 0;
      for (Observation observation : result.observations()) {
        observed(transaction, entry, event.path(), number++, observation);
      }
    }
  }

  private static void observed(
      DSLContext transaction, AuditEntry entry, String path, int number, Observation observation) {
    transaction
        .insertInto(OBSERVATION)
        .set(OBSERVATION.OBSERVATION_ID, NamedId.of(entry.id(), "observation/" + number))
        .set(OBSERVATION.RUN_ID, entry.runId())
        .set(OBSERVATION.PATH, path)
        .set(OBSERVATION.PROBE, observation.probe())
        .set(OBSERVATION.PHASE, "after-step")
        .set(OBSERVATION.OBSERVED_AT, observation.at())
        .set(OBSERVATION.MET, observation.met())
        .set(OBSERVATION.VALUE, observation.value())
        .set(OBSERVATION.LATENCY_MILLIS, observation.latencyMillis())
        .set(OBSERVATION.MONTH, entry.month())
        .set(OBSERVATION.AUDIT_ID, entry.id())
        .execute();
  }

  private static void registered(
      DSLContext transaction, AuditEntry entry, RunEvent.CompensationRegistered event) {
    transaction
        .insertInto(COMPENSATION)
        .set(COMPENSATION.RUN_ID, entry.runId())
        .set(COMPENSATION.POSITION, event.position())
        .set(COMPENSATION.PATH, event.path())
        .set(COMPENSATION.KIND, event.compensation().kind())
        .set(COMPENSATION.COMPENSATION_, Projection.json(event.compensation()))
        .set(COMPENSATION.STATE, "registered")
        .set(COMPENSATION.REGISTERED_AT, entry.occurredAt())
        .set(COMPENSATION.MONTH, entry.month())
        .set(COMPENSATION.AUDIT_ID, entry.id())
        .onConflict(COMPENSATION.RUN_ID, COMPENSATION.POSITION)
        .doUpdate()
        .set(COMPENSATION.STATE, "registered")
        .set(COMPENSATION.AUDIT_ID, entry.id())
        .execute();
  }

  private static void compensated(
      DSLContext transaction, AuditEntry entry, RunEvent.CompensationEnded event) {
    String state = event.report().state().name().toLowerCase(Locale.ROOT).replace('_', '-');
    transaction
        .update(COMPENSATION)
        .set(COMPENSATION.STATE, state)
        .set(COMPENSATION.ENDED_AT, entry.occurredAt())
        .set(COMPENSATION.ATTEMPTS, event.report().attempts())
        .set(COMPENSATION.DETAIL, event.report().detail())
        .set(COMPENSATION.AUDIT_ID, entry.id())
        .where(COMPENSATION.RUN_ID.eq(entry.runId()), COMPENSATION.POSITION.eq(event.position()))
        .execute();
  }

  private static void found(
      DSLContext transaction, AuditEntry entry, RunEvent.FindingRaised event) {
    transaction
        .insertInto(FINDING)
        .set(FINDING.FINDING_ID, NamedId.of(entry.id(), "finding"))
        .set(FINDING.RUN_ID, entry.runId())
        .set(FINDING.PATH, event.path())
        .set(FINDING.CODE, event.finding().code())
        .set(FINDING.SEVERITY, event.finding().severity().name().toLowerCase(Locale.ROOT))
        .set(FINDING.VERDICT, event.finding().verdict().name())
        .set(FINDING.SUMMARY, event.finding().summary())
        .set(FINDING.REMEDY, event.finding().remedy())
        .set(FINDING.RAISED_AT, entry.occurredAt())
        .set(FINDING.MONTH, entry.month())
        .set(FINDING.AUDIT_ID, entry.id())
        .execute();
  }

  private static void commanded(
      DSLContext transaction, AuditEntry entry, RunEvent.OperatorCommanded event) {
    // A run that the ledger has lost, row and all, has no state: its guardian copies from Temporal
    // what operators did, and that is an audit event at least.
    if (!transaction.fetchExists(RUN, RUN.RUN_ID.eq(entry.runId()))) {
      return;
    }
    transaction
        .insertInto(OPERATOR_COMMAND)
        .set(OPERATOR_COMMAND.COMMAND_ID, NamedId.of(entry.id(), "command"))
        .set(OPERATOR_COMMAND.RUN_ID, entry.runId())
        .set(OPERATOR_COMMAND.COMMAND, event.command())
        .set(OPERATOR_COMMAND.NAME, event.name())
        .set(OPERATOR_COMMAND.REASON, event.reason())
        .set(OPERATOR_COMMAND.HISTORY_EVENT, event.historyEvent())
        .set(OPERATOR_COMMAND.ASSURANCE, entry.assurance().name().toLowerCase(Locale.ROOT))
        .set(OPERATOR_COMMAND.RECEIVED_AT, entry.occurredAt())
        .set(OPERATOR_COMMAND.MONTH, entry.month())
        .set(OPERATOR_COMMAND.AUDIT_ID, entry.id())
        .execute();
  }

  private static void ended(DSLContext transaction, AuditEntry entry, DrillReport report) {
    DrillReport.Rto rto = report.rto();
    DrillReport.Rpo rpo = report.rpo();
    Resilience resilience = Resilience.of(report).orElse(null);
    transaction
        .update(RUN)
        .set(RUN.ENDED_AT, report.endedAt())
        .set(RUN.VERDICT, report.verdict().name())
        .set(RUN.OUTCOME, report.outcome().text())
        .set(RUN.RTO_MILLIS, rto == null ? null : rto.millis())
        .set(RUN.RTO_ERROR_MILLIS, rto == null ? null : rto.errorMillis())
        .set(RUN.RPO_TRANSACTIONS, rpo == null ? null : rpo.transactions())
        .set(RUN.RPO_SECONDS, rpo == null ? null : BigDecimal.valueOf(rpo.seconds()))
        .set(RUN.RPO_BYTES, rpo == null ? null : rpo.bytes())
        .set(RUN.REPORT, Projection.json(report))
        .set(
            RUN.RESILIENCE_SCORE,
            resilience == null ? null : BigDecimal.valueOf(resilience.score()))
        .set(
            RUN.RESILIENCE_COVERAGE,
            resilience == null ? null : BigDecimal.valueOf(resilience.coverage()))
        .set(RUN.RESILIENCE_PARTS, resilience == null ? null : Projection.json(resilience.parts()))
        .set(RUN.AUDIT_ID, entry.id())
        .where(RUN.RUN_ID.eq(entry.runId()))
        .execute();
  }
}
