package dev.drillmaster.audit;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The ledger as workflows see it; called as a local activity. */
@ActivityInterface
public interface LedgerActivities {

  /**
   * Writes the audit rows and the state that they describe in one transaction that is durable when
   * this returns. Idempotent: entries that are there already are left alone.
   */
  @ActivityMethod(name = "record")
  void record(AuditBatch batch);
}
