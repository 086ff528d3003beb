package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.PERMIT;
import static dev.drillmaster.schema.Tables.SYSTEM_LIMIT;

import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.guard.GuardEvent;
import dev.drillmaster.guard.Refusal;
import dev.drillmaster.schema.tables.records.PermitRecord;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/** Permits, and the limits by which they are given. */
final class GuardProjection implements Projection {

  static final String WAITING = "waiting";
  static final String GRANTED = "granted";
  static final String RELEASED = "released";
  static final String REFUSED = "refused";

  @Override
  public boolean apply(DSLContext transaction, AuditEntry entry) {
    if (entry.event() instanceof GuardEvent.PermitAwaited event) {
      PermitRecord permit =
          asked(entry, event.workflowId(), event.targets(), event.askedAt(), WAITING);
      permit.setWaitsUntil(event.waitsUntil());
      permit.setReason(event.why().sentence());
      store(transaction, permit);
    } else if (entry.event() instanceof GuardEvent.PermitGranted event) {
      PermitRecord permit =
          asked(entry, event.workflowId(), event.targets(), event.askedAt(), GRANTED);
      permit.setGrantedAt(entry.occurredAt());
      permit.setLatestEnd(event.latestEnd());
      store(transaction, permit);
    } else if (entry.event() instanceof GuardEvent.PermitRefused event) {
      PermitRecord permit =
          asked(entry, event.workflowId(), event.targets(), event.askedAt(), REFUSED);
      permit.setRefusedAt(entry.occurredAt());
      permit.setRefusedFor(event.why().kind().text());
      permit.setReason(event.why().sentence());
      store(transaction, permit);
    } else if (entry.event() instanceof GuardEvent.LimitsChanged event) {
      changed(transaction, entry, event);
    } else {
      return false;
    }
    return true;
  }

  private static PermitRecord asked(
      AuditEntry entry, String workflowId, List<String> targets, Instant askedAt, String state) {
    PermitRecord permit = new PermitRecord();
    permit.setRunId(entry.runId());
    permit.setWorkflowId(workflowId);
    permit.setExecutionId(entry.executionId());
    permit.setTargets(targets.toArray(String[]::new));
    permit.setState(state);
    permit.setAskedAt(askedAt);
    permit.setMonth(entry.month());
    permit.setAuditId(entry.id());
    return permit;
  }

  /** A run that asks again keeps its place; what it was told before is no longer so. */
  private static void store(DSLContext transaction, PermitRecord permit) {
    transaction
        .insertInto(PERMIT)
        .set(permit)
        .onConflict(PERMIT.RUN_ID)
        .doUpdate()
        .set(PERMIT.EXECUTION_ID, permit.getExecutionId())
        .set(PERMIT.TARGETS, permit.getTargets())
        .set(PERMIT.STATE, permit.getState())
        .set(PERMIT.ASKED_AT, permit.getAskedAt())
        .set(PERMIT.WAITS_UNTIL, permit.getWaitsUntil())
        .set(PERMIT.GRANTED_AT, permit.getGrantedAt())
        .set(PERMIT.LATEST_END, permit.getLatestEnd())
        .setNull(PERMIT.RELEASED_AT)
        .set(PERMIT.REFUSED_AT, permit.getRefusedAt())
        .set(PERMIT.REFUSED_FOR, permit.getRefusedFor())
        .set(PERMIT.REASON, permit.getReason())
        .set(PERMIT.AUDIT_ID, permit.getAuditId())
        .execute();
  }

  /** A run that is over has no permit any more, and waits for none; whoever closes its books. */
  static void release(DSLContext transaction, AuditEntry ended) {
    transaction
        .update(PERMIT)
        .set(PERMIT.STATE, RELEASED)
        .set(PERMIT.RELEASED_AT, ended.occurredAt())
        .set(PERMIT.AUDIT_ID, ended.id())
        .where(PERMIT.RUN_ID.eq(ended.runId()), PERMIT.STATE.in(WAITING, GRANTED))
        .execute();
  }

  static Refusal refusal(PermitRecord permit) {
    return new Refusal(
        StoredValue.named(permit.getRefusedFor(), Refusal.Kind.class), permit.getReason());
  }

  private static void changed(
      DSLContext transaction, AuditEntry entry, GuardEvent.LimitsChanged event) {
    transaction
        .update(SYSTEM_LIMIT)
        .set(SYSTEM_LIMIT.MAX_CONCURRENT_RUNS, event.limits().maxConcurrentRuns())
        .set(SYSTEM_LIMIT.MAX_DURATION_SECONDS, Projection.seconds(event.limits().maxDuration()))
        .set(SYSTEM_LIMIT.PRODUCTION_ALLOWED, event.limits().productionAllowed())
        .set(SYSTEM_LIMIT.CHANGED_BY, entry.actor())
        .set(SYSTEM_LIMIT.REASON, event.reason())
        .set(SYSTEM_LIMIT.CHANGED_AT, entry.occurredAt())
        .set(SYSTEM_LIMIT.RUN_ID, entry.runId())
        .set(SYSTEM_LIMIT.MONTH, entry.month())
        .set(SYSTEM_LIMIT.AUDIT_ID, entry.id())
        .execute();
  }
}
