package dev.drillmaster.ledger;

import static dev.drillmaster.schema.Tables.CAMPAIGN;
import static dev.drillmaster.schema.Tables.GLOBAL_STOP;
import static dev.drillmaster.schema.Tables.INJECTION;
import static dev.drillmaster.schema.Tables.RUN;

import dev.drillmaster.guard.Admission;
import dev.drillmaster.guard.AdmissionRequest;
import dev.drillmaster.guard.GuardActivities;
import dev.drillmaster.guard.OpenWork;
import dev.drillmaster.guard.SystemLimits;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** The guard of all runs: admits them one after the other, in the database of the ledger. */
public final class Permits implements GuardActivities {

  private static final Condition MAY_BE_IN_FORCE =
      INJECTION.STATE.in("intended", "injected", "unconfirmed");

  private final Ledger ledger;

  /** Writes into this ledger. */
  public Permits(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Admission admit(AdmissionRequest request) {
    return ledger.change(
        request.month(), transaction -> new Admitting(ledger, transaction, request).answer());
  }

  @Override
  public OpenWork openWork() {
    return ledger.read(
        tables ->
            new OpenWork(
                tables
                    .selectDistinct(INJECTION.HOST)
                    .from(INJECTION)
                    .where(MAY_BE_IN_FORCE)
                    .orderBy(INJECTION.HOST)
                    .fetch(INJECTION.HOST),
                tables
                    .select(CAMPAIGN.WORKFLOW_ID)
                    .from(CAMPAIGN)
                    .where(CAMPAIGN.ENDED_AT.isNull())
                    .orderBy(CAMPAIGN.STARTED_AT, CAMPAIGN.RUN_ID)
                    .fetch(CAMPAIGN.WORKFLOW_ID),
                tables
                    .select(RUN.WORKFLOW_ID)
                    .from(RUN)
                    .where(RUN.ENDED_AT.isNull())
                    .orderBy(RUN.STARTED_AT, RUN.RUN_ID)
                    .fetch(RUN.WORKFLOW_ID),
                tables
                    .select(INJECTION.INJECTION_ID, RUN.WORKFLOW_ID)
                    .from(INJECTION)
                    .join(RUN)
                    .using(RUN.RUN_ID)
                    .where(RUN.ENDED_AT.isNull().and(MAY_BE_IN_FORCE))
                    .fetchMap(INJECTION.INJECTION_ID, RUN.WORKFLOW_ID)));
  }

  /** The limits that hold now. */
  public SystemLimits limits() {
    return ledger.read(Limits::read);
  }

  /** The global stop that is in force, the newest if there are several; empty if there is none. */
  public Optional<OpenStop> stop() {
    return ledger.read(Permits::stop);
  }

  static Optional<OpenStop> stop(DSLContext tables) {
    return tables
        .selectFrom(GLOBAL_STOP)
        .where(GLOBAL_STOP.RESUMED_AT.isNull())
        .orderBy(GLOBAL_STOP.STOPPED_AT.desc(), GLOBAL_STOP.STOP_ID)
        .limit(1)
        .fetchOptional(
            stop -> new OpenStop(stop.getStoppedAt(), stop.getStoppedBy(), stop.getReason()));
  }
}
