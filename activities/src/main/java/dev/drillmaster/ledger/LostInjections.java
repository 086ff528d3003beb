package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.AUDIT_EVENT;
import static dev.drillmaster.schema.Tables.INJECTION;
import static dev.drillmaster.schema.Tables.RUN;

import dev.drillmaster.agent.HostAccounts;
import dev.drillmaster.agent.InjectionAccount;
import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.AuditEvent;
import dev.drillmaster.audit.NamedId;
import dev.drillmaster.drill.LedgerBehind;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionEvent;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.schema.tables.records.RunRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Injections that the ledger has lost and the journal of their host has. Written again in the name
 * of that journal, each event when it happened by the clock of the host; when it was recorded says
 * the row itself.
 */
record LostInjections(Ledger ledger, DSLContext transaction) {

  /** The partition of what belongs to no run that is known. */
  static LocalDate month() {
    return LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);
  }

  /** Those without a row, except for those that were written down as unknown and are over. */
  List<UUID> among(List<UUID> injections) {
    Set<UUID> known =
        new HashSet<>(
            transaction
                .select(INJECTION.INJECTION_ID)
                .from(INJECTION)
                .where(INJECTION.INJECTION_ID.in(injections))
                .fetch(INJECTION.INJECTION_ID));
    return injections.stream()
        .filter(id -> !known.contains(id))
        .filter(id -> !isNoted(unknownId(id, "healed")))
        .toList();
  }

  private boolean isNoted(UUID event) {
    return transaction.fetchExists(
        transaction
            .select(AUDIT_EVENT.ID)
            .from(AUDIT_EVENT)
            .where(
                AUDIT_EVENT.MONTH.in(month(), month().minusMonths(1)), AUDIT_EVENT.ID.eq(event)));
  }

  List<String> write(HostAccounts accounts) {
    List<UUID> ids = accounts.injections().stream().map(each -> each.spec().id()).toList();
    Set<UUID> lost = new HashSet<>(among(ids));
    List<String> told = new ArrayList<>();
    for (InjectionAccount account : accounts.injections()) {
      if (lost.contains(account.spec().id())) {
        told.add(write(account));
      }
    }
    return told;
  }

  private String write(InjectionAccount account) {
    InjectionSpec spec = account.spec();
    @Nullable RunRecord run = transaction.fetchOne(RUN, RUN.RUN_ID.eq(spec.runId()));
    String which = "injection " + spec.id() + " on " + spec.target() + " of host " + spec.host();
    if (run == null) {
      writeUnknown(account);
      return "the ledger knows neither " + which + " nor its run " + spec.runId();
    }
    writeAgain(run, account);
    return "the ledger had lost " + which + " of run " + run.getWorkflowId();
  }

  private void writeUnknown(InjectionAccount account) {
    InjectionSpec spec = account.spec();
    @Nullable Injected injected = account.injected();
    @Nullable HealReport healed = account.healed();
    String state = healed != null ? "healed" : injected != null ? "injected" : "intended";
    ledger.record(
        transaction,
        new AuditEntry(
            unknownId(spec.id(), state),
            spec.runId(),
            spec.runId(),
            month(),
            millis(Instant.now()),
            actor(spec),
            Assurance.SYSTEM,
            new InjectionEvent.FaultUnknown(spec, injected, healed)));
  }

  private static UUID unknownId(UUID injection, String state) {
    return NamedId.of(injection, "journal/unknown/" + state);
  }

  private void writeAgain(RunRecord run, InjectionAccount account) {
    InjectionSpec spec = account.spec();
    @Nullable Injected injected = account.injected();
    @Nullable HealReport healed = account.healed();
    String unknown = "not known any more: from the journal of host " + spec.host();
    write(run, spec, account.intendedAt(), new InjectionEvent.FaultIntended(spec, unknown));
    if (injected != null) {
      write(run, spec, injected.at(), new InjectionEvent.FaultInjected(spec.id(), injected));
    }
    if (healed != null) {
      write(run, spec, healed.healedAt(), new InjectionEvent.FaultHealed(spec.id(), healed, null));
    }
    write(
        run,
        spec,
        Instant.now(),
        new RunEvent.FindingRaised(spec.path(), LedgerBehind.unknown(spec)));
  }

  private void write(RunRecord run, InjectionSpec spec, Instant at, AuditEvent event) {
    ledger.record(
        transaction,
        new AuditEntry(
            NamedId.of(spec.id(), "journal/" + event.kind()),
            run.getRunId(),
            run.getExecutionId(),
            run.getMonth(),
            millis(at),
            actor(spec),
            Assurance.SYSTEM,
            event));
  }

  private static String actor(InjectionSpec spec) {
    return "journal of " + spec.host();
  }

  private static Instant millis(Instant instant) {
    return Instant.ofEpochMilli(instant.toEpochMilli());
  }
}
