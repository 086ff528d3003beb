package dev.drillmaster.program;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.AuditEvent;
import dev.drillmaster.audit.NamedId;
import dev.drillmaster.ledger.Ledger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The books of one run or campaign, kept from outside its workflow. */
final class LateBooks {

  /** Who keeps them. */
  static final String BY = "heal-command";

  private final Ledger ledger;
  private final UUID runId;
  private final UUID executionId;
  private final LocalDate month;
  private final List<AuditEntry> unwritten = new ArrayList<>();

  LateBooks(Ledger ledger, UUID runId, UUID executionId, LocalDate month) {
    this.ledger = ledger;
    this.runId = runId;
    this.executionId = executionId;
    this.month = month;
  }

  /**
   * Notes an event.
   *
   * @param name of the event within the run or campaign: the same event, noted again after an
   *     interruption, is the same row
   */
  void note(String name, AuditEvent event) {
    UUID id = NamedId.of(runId, BY + "/" + name);
    unwritten.add(
        new AuditEntry(
            id,
            runId,
            executionId,
            month,
            Instant.ofEpochMilli(System.currentTimeMillis()),
            BY,
            Assurance.SYSTEM,
            event));
  }

  void write() {
    ledger.record(new AuditBatch(unwritten));
    unwritten.clear();
  }
}
