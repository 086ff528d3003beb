package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.GLOBAL_STOP;

import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.NamedId;
import dev.drillmaster.stop.StopEvent;
import java.util.Locale;
import org.jooq.DSLContext;

/** The global stop. */
final class StopProjection implements Projection {

  @Override
  public boolean apply(DSLContext transaction, AuditEntry entry) {
    if (entry.event() instanceof StopEvent.AllStopped event) {
      // After the admission that is under way, so that whoever asks for open runs afterwards finds
      // all that were admitted.
      Limits.lock(transaction);
      stopped(transaction, entry, event);
    } else if (entry.event() instanceof StopEvent.AllResumed event) {
      resumed(transaction, entry, event);
    } else {
      return false;
    }
    return true;
  }

  private static void stopped(
      DSLContext transaction, AuditEntry entry, StopEvent.AllStopped event) {
    transaction
        .insertInto(GLOBAL_STOP)
        .set(GLOBAL_STOP.STOP_ID, NamedId.of(entry.id(), "stop"))
        .set(GLOBAL_STOP.STOPPED_AT, event.stoppedAt())
        .set(GLOBAL_STOP.STOPPED_BY, entry.actor())
        .set(GLOBAL_STOP.REASON, event.reason())
        .set(GLOBAL_STOP.ASSURANCE, assurance(entry))
        .set(GLOBAL_STOP.HOSTS, Projection.json(event.hosts()))
        .set(GLOBAL_STOP.RUN_ID, entry.runId())
        .set(GLOBAL_STOP.MONTH, entry.month())
        .set(GLOBAL_STOP.AUDIT_ID, entry.id())
        .execute();
  }

  /** All that are in force: who resumes does so once, however often it was stopped. */
  private static void resumed(
      DSLContext transaction, AuditEntry entry, StopEvent.AllResumed event) {
    transaction
        .update(GLOBAL_STOP)
        .set(GLOBAL_STOP.RESUMED_AT, entry.occurredAt())
        .set(GLOBAL_STOP.RESUMED_BY, entry.actor())
        .set(GLOBAL_STOP.RESUME_REASON, event.reason())
        .set(GLOBAL_STOP.RESUME_ASSURANCE, assurance(entry))
        .set(GLOBAL_STOP.RUN_ID, entry.runId())
        .set(GLOBAL_STOP.MONTH, entry.month())
        .set(GLOBAL_STOP.AUDIT_ID, entry.id())
        .where(GLOBAL_STOP.RESUMED_AT.isNull())
        .execute();
  }

  private static String assurance(AuditEntry entry) {
    return entry.assurance().name().toLowerCase(Locale.ROOT);
  }
}
