package dev.drillmaster.audit;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The books of one run, as its workflow keeps them: events are noted at once and written together
 * before the next action, because each write is a local activity and two of those in a row, without
 * a round trip to the server in between, would keep an emergency stop waiting.
 */
public final class Books {

  /**
   * While a fault is held an attempt must be short: a signal waits for the local activity that
   * runs.
   */
  private static final Duration ATTEMPT_WHILE_HELD = Duration.ofMillis(200);

  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  /** For so long a held fault waits for the ledger before the run is rolled back. */
  private static final Duration PATIENCE_WHILE_HELD = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Twice as long after each try, up to this: a ledger that will not take it is not worn out. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final LedgerActivities quick = ledger(ATTEMPT_WHILE_HELD);
  private final LedgerActivities patient = ledger(ATTEMPT);
  private final UUID runId;
  private final UUID executionId;
  private final LocalDate month;
  private final List<AuditEntry> unwritten = new ArrayList<>();
  private final List<AuditEntry> written = new ArrayList<>();
  private final Set<UUID> heldFaults = new HashSet<>();
  private int noted;
  private @Nullable String waiting;
  private boolean writtenAgain;
  private boolean writing;

  /** Opens the books of the workflow execution that calls this. */
  public Books() {
    this.runId = id(Workflow.getInfo().getOriginalExecutionRunId());
    this.executionId = id(Workflow.getInfo().getRunId());
    this.month = now().atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
  }

  /**
   * Temporal promises a text; servers make UUIDs, and the replayer of stored histories does not.
   */
  private static UUID id(String temporalId) {
    try {
      return UUID.fromString(temporalId);
    } catch (IllegalArgumentException text) {
      return NamedId.of(new UUID(0, 0), temporalId);
    }
  }

  /** The run that the books are about. */
  public UUID runId() {
    return runId;
  }

  /** The execution that keeps the books; another one after a Workflow Reset. */
  public UUID executionId() {
    return executionId;
  }

  /** The partition of the run's audit rows: first day of the UTC month in which it began. */
  public LocalDate month() {
    return month;
  }

  /** Why the run waits for the ledger, or null if it does not. */
  public @Nullable String waiting() {
    return waiting;
  }

  /** Whether the ledger had lost what these books had written, so that it was written again. */
  public boolean writtenAgain() {
    return writtenAgain;
  }

  /** The time of the workflow, which replays the same. */
  public static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  /** Notes what Drillmaster itself did; durable after the next {@link #write}. */
  public void note(AuditEvent event) {
    note(event, "drillmaster", Assurance.SYSTEM);
  }

  /** Notes what somebody did; durable after the next {@link #write}. */
  public void note(AuditEvent event, String actor, Assurance assurance) {
    UUID id = NamedId.of(executionId, "audit/" + noted++);
    unwritten.add(new AuditEntry(id, runId, executionId, month, now(), actor, assurance, event));
  }

  /** From now on writes are quick, because an emergency stop must not wait behind them. */
  public void faultHeld(UUID injection) {
    heldFaults.add(injection);
  }

  /** The reverse of {@link #faultHeld}; nothing for a fault that was never held. */
  public void faultOver(UUID injection) {
    heldFaults.remove(injection);
  }

  /**
   * Makes everything noted durable. Call it before an action whose intent was noted: no record, no
   * action.
   *
   * @throws LedgerUnavailable if the ledger took nothing for 10 s while a fault is held, or for a
   *     minute otherwise
   */
  public void write() {
    Duration patience = !heldFaults.isEmpty() ? PATIENCE_WHILE_HELD : PATIENCE;
    write(patience, now().plus(patience));
  }

  /**
   * Makes everything noted durable, however long that takes: a run that is over does not end
   * without its books.
   */
  public void writeAtLast() {
    write(PATIENCE, Instant.MAX);
  }

  /** One thread of the workflow at a time: what is being written is not written twice. */
  private void write(Duration patience, Instant latest) {
    if (writing) {
      // Only then: a run that was stopped before writes what it has all the same.
      Workflow.await(() -> !writing);
    }
    writing = true;
    try {
      writeAll(patience, latest);
    } finally {
      // Harmless when a healthy workflow is evicted: nobody uses these books then.
      writing = false;
    }
  }

  private void writeAll(Duration patience, Instant latest) {
    Duration pause = FIRST_PAUSE;
    while (!unwritten.isEmpty()) {
      AuditBatch batch = new AuditBatch(unwritten, last());
      try {
        (!heldFaults.isEmpty() ? quick : patient).record(batch);
        unwritten.subList(0, batch.entries().size()).clear();
        written.addAll(batch.entries());
        waiting = null;
      } catch (ActivityFailure failure) {
        if (failure.getCause() instanceof CanceledFailure) {
          throw failure;
        }
        if (isBehind(failure)) {
          writeAgain();
        }
        String why = reason(failure);
        waiting = why + "; trying again";
        if (now().isAfter(latest)) {
          throw new LedgerUnavailable(patience, why);
        }
        pause(pause);
        pause = longer(pause);
      }
    }
  }

  /**
   * What was written last. Not after a Workflow Reset: what the execution before it wrote has other
   * ids.
   */
  private @Nullable UUID last() {
    return written.isEmpty() || !executionId.equals(runId)
        ? null
        : written.get(written.size() - 1).id();
  }

  /** All from the start: what of it the ledger has still is left alone there. */
  private void writeAgain() {
    unwritten.addAll(0, written);
    written.clear();
    writtenAgain = true;
  }

  private static boolean isBehind(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure said
        && LedgerActivities.BEHIND.equals(said.getType());
  }

  /** A timer of the server, not a retry of the local activity: it lets signals through. */
  private static void pause(Duration pause) {
    TimerOptions why =
        TimerOptions.newBuilder().setSummary("the ledger takes nothing: try again").build();
    Workflow.newTimer(pause, why).get();
  }

  /** While a fault is held its patience is short, so that each second counts. */
  private Duration longer(Duration pause) {
    if (!heldFaults.isEmpty()) {
      return FIRST_PAUSE;
    }
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private static String reason(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure said
        ? "the ledger does not take what is written: " + said.getOriginalMessage()
        : "the ledger does not answer";
  }

  private static LedgerActivities ledger(Duration attempt) {
    return OneTry.of(LedgerActivities.class, attempt, "write the ledger");
  }
}
