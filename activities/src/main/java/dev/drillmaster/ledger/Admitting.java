package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.PERMIT;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.NamedId;
import dev.drillmaster.guard.Admission;
import dev.drillmaster.guard.AdmissionRequest;
import dev.drillmaster.guard.GuardEvent;
import dev.drillmaster.guard.Refusal;
import dev.drillmaster.guard.Standing;
import dev.drillmaster.guard.SystemLimits;
import dev.drillmaster.schema.tables.records.PermitRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * One admission: the row of the limits is locked first, so that what is read then stays so until
 * the answer is written. All instants are of the database's one clock, whoever asks.
 */
record Admitting(Ledger ledger, DSLContext transaction, AdmissionRequest request) {

  /** Not the start of the transaction, which may have waited for others since. */
  private static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", Instant.class);

  Admission answer() {
    SystemLimits limits = Limits.lock(transaction);
    Instant now = transaction.select(CLOCK).fetchSingle(CLOCK).truncatedTo(ChronoUnit.MILLIS);
    // What an execution before a Workflow Reset was told is not told again.
    @Nullable PermitRecord mine =
        transaction.fetchOne(
            PERMIT,
            PERMIT.RUN_ID.eq(request.runId()).and(PERMIT.EXECUTION_ID.eq(request.executionId())));
    Optional<Admission> told = mine == null ? Optional.empty() : told(mine);
    return told.orElseGet(() -> decide(standing(limits, now, mine), now, mine));
  }

  private static Optional<Admission> told(PermitRecord mine) {
    return switch (mine.getState()) {
      case GuardProjection.WAITING -> Optional.empty();
      case GuardProjection.GRANTED -> Optional.of(Admission.granted(mine.getLatestEnd()));
      case GuardProjection.REFUSED -> Optional.of(Admission.refused(GuardProjection.refusal(mine)));
      default ->
          Optional.of(
              Admission.refused(
                  new Refusal(
                      Refusal.Kind.OVER, "the books of this run were closed by somebody else")));
    };
  }

  private Standing standing(SystemLimits limits, Instant now, @Nullable PermitRecord mine) {
    Condition before = mine == null ? DSL.noCondition() : PERMIT.TICKET.lt(mine.getTicket());
    return new Standing(
        limits,
        Permits.stop(transaction).map(OpenStop::sentence).orElse(null),
        others(PERMIT.STATE.eq(GuardProjection.GRANTED).and(PERMIT.LATEST_END.gt(now))),
        // Who waits asks until its time is over. One that has died is in the way until then, or
        // until its books are closed.
        others(
            PERMIT.STATE.eq(GuardProjection.WAITING).and(PERMIT.WAITS_UNTIL.gt(now)).and(before)));
  }

  private List<Standing.Claim> others(Condition which) {
    return transaction
        .selectFrom(PERMIT)
        .where(which)
        .and(PERMIT.RUN_ID.ne(request.runId()))
        .orderBy(PERMIT.TICKET)
        .fetch(other -> new Standing.Claim(other.getWorkflowId(), List.of(other.getTargets())));
  }

  private Admission decide(Standing standing, Instant now, @Nullable PermitRecord mine) {
    Instant askedAt = mine == null ? now : mine.getAskedAt();
    Instant waitsUntil = mine == null ? now.plus(request.maxWait()) : mine.getWaitsUntil();
    Optional<Refusal> why = standing.against(request);
    if (why.isEmpty()) {
      Instant latestEnd = now.plus(request.lasting());
      write("granted", now, granted(askedAt, latestEnd));
      return Admission.granted(latestEnd);
    }
    if (Standing.mayPass(why.get()) && waitsUntil.isAfter(now)) {
      if (mine == null) {
        write("awaited", now, awaited(askedAt, waitsUntil, why.get()));
      }
      return Admission.waiting(why.get());
    }
    write("refused", now, refused(askedAt, why.get()));
    return Admission.refused(why.get());
  }

  private GuardEvent granted(Instant askedAt, Instant latestEnd) {
    return new GuardEvent.PermitGranted(
        request.workflowId(), request.targets(), askedAt, latestEnd);
  }

  private GuardEvent awaited(Instant askedAt, Instant waitsUntil, Refusal why) {
    return new GuardEvent.PermitAwaited(
        request.workflowId(), request.targets(), askedAt, waitsUntil, why);
  }

  private GuardEvent refused(Instant askedAt, Refusal why) {
    return new GuardEvent.PermitRefused(request.workflowId(), request.targets(), askedAt, why);
  }

  private void write(String name, Instant now, GuardEvent event) {
    ledger.record(
        transaction,
        new AuditEntry(
            NamedId.of(request.executionId(), "permit/" + name),
            request.runId(),
            request.executionId(),
            request.month(),
            now,
            "drillmaster",
            Assurance.SYSTEM,
            event));
  }
}
