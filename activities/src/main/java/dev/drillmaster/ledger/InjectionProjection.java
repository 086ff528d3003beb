package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.INJECTION;

import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.HoldReport;
import dev.drillmaster.injection.InjectionEvent;
import dev.drillmaster.injection.InjectionSpec;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.UpdateSetMoreStep;
import org.jspecify.annotations.Nullable;

/** Events of an injection. */
final class InjectionProjection implements Projection {

  @Override
  public boolean apply(DSLContext transaction, AuditEntry entry) {
    if (entry.event() instanceof InjectionEvent.FaultIntended event) {
      intended(transaction, entry, event.injection());
    } else if (entry.event() instanceof InjectionEvent.FaultInjected event) {
      change(transaction, entry)
          .set(INJECTION.STATE, "injected")
          .set(INJECTION.INJECTED_AT, event.injected().at())
          .set(INJECTION.DETAIL, event.injected().inspection().detail())
          .where(INJECTION.INJECTION_ID.eq(event.injectionId()))
          .execute();
    } else if (entry.event() instanceof InjectionEvent.FaultHealed event) {
      healed(transaction, entry, event.injectionId(), event.heal(), event.hold());
    } else if (entry.event() instanceof InjectionEvent.HealUnconfirmed event) {
      change(transaction, entry)
          .set(INJECTION.STATE, "unconfirmed")
          .set(INJECTION.DETAIL, event.detail())
          .where(INJECTION.INJECTION_ID.eq(event.injectionId()))
          .execute();
    } else {
      // One that the ledger does not know has no state: nothing but its run knows its plan.
      return entry.event() instanceof InjectionEvent.FaultUnknown;
    }
    return true;
  }

  private static UpdateSetMoreStep<?> change(DSLContext transaction, AuditEntry entry) {
    return transaction
        .update(INJECTION)
        .set(INJECTION.MONTH, entry.month())
        .set(INJECTION.AUDIT_ID, entry.id());
  }

  private static void intended(DSLContext transaction, AuditEntry entry, InjectionSpec spec) {
    transaction
        .insertInto(INJECTION)
        .set(INJECTION.INJECTION_ID, spec.id())
        .set(INJECTION.RUN_ID, spec.runId())
        .set(INJECTION.PATH, spec.path())
        .set(INJECTION.FAULT_TYPE, spec.fault().faultType().text())
        .set(INJECTION.MECHANISM, spec.fault().mechanism())
        .set(INJECTION.TARGET, spec.target())
        .set(INJECTION.HOST, spec.host())
        .set(INJECTION.FAULT, Projection.json(spec.fault()))
        .set(INJECTION.LEASE_SECONDS, Projection.seconds(spec.lease()))
        .set(INJECTION.BOUND_SECONDS, Projection.seconds(spec.bound()))
        .set(INJECTION.LONGEST_SECONDS, Projection.seconds(spec.longest()))
        .set(INJECTION.STATE, "intended")
        .set(INJECTION.INTENDED_AT, entry.occurredAt())
        .set(INJECTION.MONTH, entry.month())
        .set(INJECTION.AUDIT_ID, entry.id())
        // After a Workflow Reset the same injection is intended once more; the host refuses its id.
        .onConflict(INJECTION.INJECTION_ID)
        .doNothing()
        .execute();
  }

  private static void healed(
      DSLContext transaction,
      AuditEntry entry,
      UUID id,
      HealReport heal,
      @Nullable HoldReport hold) {
    String state =
        heal.verified() ? (heal.everInjected() ? "healed" : "never-injected") : "unconfirmed";
    change(transaction, entry)
        .set(INJECTION.STATE, state)
        .set(INJECTION.HEAL_STARTED_AT, heal.healStartedAt())
        .set(INJECTION.HEALED_AT, heal.healedAt())
        .set(INJECTION.HEAL_VERIFIED, heal.verified())
        .set(INJECTION.HEALED_BY, heal.by())
        .set(
            INJECTION.LONGEST_RENEWAL_GAP_MILLIS,
            hold == null ? null : hold.longestGap().toMillis())
        .set(INJECTION.LAPSED, hold == null ? null : hold.lapsed())
        .set(INJECTION.DETAIL, heal.inspection().detail())
        .where(INJECTION.INJECTION_ID.eq(id))
        .execute();
  }
}
