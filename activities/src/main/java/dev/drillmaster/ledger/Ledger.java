package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.AUDIT_EVENT;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.LedgerActivities;
import dev.drillmaster.schema.Routines;
import dev.drillmaster.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/**
 * Writes audit rows and the state that they describe, in one transaction each batch, durable when
 * it returns. An entry that is there already is left alone, and so is its state: a retried write
 * changes nothing. What a writer says to have written before must be there: a ledger that has lost
 * it takes nothing more until that was written again.
 */
public final class Ledger implements LedgerActivities {

  private final Transactions transactions;
  private final List<Projection> projections =
      List.of(
          new RunProjection(),
          new InjectionProjection(),
          new CampaignProjection(),
          new GuardProjection(),
          new StopProjection(),
          new AgentProjection());
  private final Set<LocalDate> openMonths = ConcurrentHashMap.newKeySet();

  /**
   * @param writer connects as a role that has {@code drillmaster_writer} and nothing more
   */
  public Ledger(DataSource writer) {
    this.transactions = new Transactions(writer);
  }

  /** Makes the partition of a month, so that the first write of a run need not. */
  public void openMonth(LocalDate month) {
    if (!openMonths.contains(month)) {
      transactions.write(tables -> Routines.openMonth(tables.configuration(), month));
      openMonths.add(month);
    }
  }

  @Override
  public void record(AuditBatch batch) {
    batch.entries().forEach(entry -> openMonth(entry.month()));
    transactions.write(
        tables -> {
          requireThere(tables, batch);
          batch.entries().forEach(entry -> record(tables, entry));
        });
  }

  private static void requireThere(DSLContext transaction, AuditBatch batch) {
    UUID before = batch.after();
    if (before != null && !hasEvent(transaction, batch.entries().get(0).month(), before)) {
      throw ApplicationFailure.newFailure(
          "the ledger has lost what it had taken before, event " + before, LedgerActivities.BEHIND);
    }
  }

  private static boolean hasEvent(DSLContext tables, LocalDate month, UUID id) {
    return tables.fetchExists(
        tables
            .select(AUDIT_EVENT.ID)
            .from(AUDIT_EVENT)
            .where(AUDIT_EVENT.MONTH.eq(month), AUDIT_EVENT.ID.eq(id)));
  }

  /**
   * One transaction in which somebody else reads, decides and then writes with {@link
   * #record(DSLContext, AuditEntry)}; durable when this returns.
   *
   * @param month of all that is written
   */
  <T> T change(LocalDate month, Function<DSLContext, T> work) {
    openMonth(month);
    return transactions.change(work);
  }

  /** Answers from the state tables; all of one instant. */
  <T> T read(Function<DSLContext, T> question) {
    return transactions.read(question);
  }

  void record(DSLContext transaction, AuditEntry entry) {
    JsonNode json = Wire.json().valueToTree(entry);
    byte[] canonical = CanonicalBytes.of(json);
    int inserted =
        transaction
            .insertInto(AUDIT_EVENT)
            .set(AUDIT_EVENT.MONTH, entry.month())
            .set(AUDIT_EVENT.ID, entry.id())
            .set(AUDIT_EVENT.RUN_ID, entry.runId())
            .set(AUDIT_EVENT.EXECUTION_ID, entry.executionId())
            .set(AUDIT_EVENT.OCCURRED_AT, entry.occurredAt())
            .set(AUDIT_EVENT.KIND, entry.event().kind())
            .set(AUDIT_EVENT.ACTOR, entry.actor())
            .set(AUDIT_EVENT.ASSURANCE, entry.assurance().name().toLowerCase(Locale.ROOT))
            .set(AUDIT_EVENT.PAYLOAD, JSONB.valueOf(json.get("event").toString()))
            .set(AUDIT_EVENT.RECIPE, CanonicalBytes.RECIPE)
            .set(AUDIT_EVENT.CANONICAL, canonical)
            .set(AUDIT_EVENT.LEAF_HASH, CanonicalBytes.leafHash(canonical))
            .onConflictDoNothing()
            .execute();
    if (inserted == 1) {
      apply(transaction, entry);
    }
  }

  private void apply(DSLContext transaction, AuditEntry entry) {
    for (Projection projection : projections) {
      if (projection.apply(transaction, entry)) {
        return;
      }
    }
    throw new IllegalStateException("no projection knows the event " + entry.event().kind());
  }
}
