package dev.drillmaster.ledger;

import dev.drillmaster.audit.AuditEntry;
import java.math.BigDecimal;
import java.time.Duration;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/**
 * How one family of events changes the state tables, in the transaction that writes the audit row.
 */
interface Projection {

  /**
   * Changes the state.
   *
   * @return false if the event is of another family
   */
  boolean apply(DSLContext transaction, AuditEntry entry);

  /** A record of ours as the database keeps it. */
  static JSONB json(Object value) {
    return JSONB.valueOf(dev.drillmaster.wire.Wire.json().valueToTree(value).toString());
  }

  /** Seconds to the millisecond. */
  static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3);
  }
}
