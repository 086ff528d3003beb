package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.SYSTEM_LIMIT;

import dev.drillmaster.guard.SystemLimits;
import dev.drillmaster.schema.tables.records.SystemLimitRecord;
import org.jooq.DSLContext;

/** The one row of limits, which whoever changes who may run locks before anything else. */
final class Limits {

  private Limits() {}

  /** Waits until nobody else has it; whatever is read afterwards is as the one before left it. */
  static SystemLimits lock(DSLContext transaction) {
    return limits(transaction.selectFrom(SYSTEM_LIMIT).forUpdate().fetchSingle());
  }

  static SystemLimits read(DSLContext tables) {
    return limits(tables.selectFrom(SYSTEM_LIMIT).fetchSingle());
  }

  private static SystemLimits limits(SystemLimitRecord stored) {
    return new SystemLimits(
        stored.getMaxConcurrentRuns(),
        StoredValue.duration(stored.getMaxDurationSeconds()),
        stored.getProductionAllowed());
  }
}
