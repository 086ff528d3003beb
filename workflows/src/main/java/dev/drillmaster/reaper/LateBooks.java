package dev.drillmaster.reaper;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.AuditEvent;
import dev.drillmaster.audit.NamedId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The books of one run or campaign, kept from outside its workflow. */
public final class LateBooks {

  private final String by;
  private final UUID runId;
  private final UUID executionId;
  private final LocalDate month;
  private final Supplier<Instant> clock;
  private final Consumer<AuditBatch> ledger;
  private final List<AuditEntry> unwritten = new ArrayList<>();

  /**
   * Opens them.
   *
   * @param by who keeps them
   * @param runId the run or campaign
   * @param executionId its Temporal execution
   * @param month the partition of its audit rows
   * @param ledger takes what is written
   */
  public LateBooks(
      String by,
      UUID runId,
      UUID executionId,
      LocalDate month,
      Supplier<Instant> clock,
      Consumer<AuditBatch> ledger) {
    this.by = by;
    this.runId = runId;
    this.executionId = executionId;
    this.month = month;
    this.clock = clock;
    this.ledger = ledger;
  }

  /**
   * Notes an event.
   *
   * @param name of the event within the run or campaign: the same event, noted again after an
   *     interruption, is the same row
   */
  public void note(String name, AuditEvent event) {
    Instant now = Instant.ofEpochMilli(clock.get().toEpochMilli());
    note(name, event, now, by, Assurance.SYSTEM);
  }

  /** The same for what somebody else did, at some other time. */
  void note(String name, AuditEvent event, Instant at, String actor, Assurance assurance) {
    UUID id = NamedId.of(runId, by + "/" + name);
    unwritten.add(new AuditEntry(id, runId, executionId, month, at, actor, assurance, event));
  }

  /** Makes everything noted durable. */
  public void write() {
    if (!unwritten.isEmpty()) {
      ledger.accept(new AuditBatch(unwritten));
      unwritten.clear();
    }
  }
}
