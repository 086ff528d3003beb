package dev.drillmaster.guard;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The guard of all runs as workflows see it; called as a local activity. */
@ActivityInterface
public interface GuardActivities {

  /**
   * Admits a run, lets it wait or refuses it, in one transaction that follows on every other
   * admission and writes the answer into the audit trail. Idempotent: a run that asks again is told
   * the same, or what has changed since it began to wait; it has one permit at most.
   */
  @ActivityMethod(name = "admit")
  Admission admit(AdmissionRequest request);

  /** All that goes on according to the ledger. */
  @ActivityMethod(name = "openWork")
  OpenWork openWork();
}
