package dev.drillmaster.audit;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The ledger as workflows see it; called as a local activity. */
@ActivityInterface
public interface LedgerActivities {

  /**
   * The type of the failure of a ledger that has lost what it had taken from the same writer, such
   * as one that was restored from a backup. Whoever can, writes all of it again.
   */
  String BEHIND = "LedgerBehind";

  /**
   * Writes the audit rows and the state that they describe in one transaction that is durable when
   * this returns. Idempotent: entries that are there already are left alone. Fails with {@link
   * #BEHIND}, and writes nothing, if the entry before them is not there.
   */
  @ActivityMethod(name = "record")
  void record(AuditBatch batch);
}
