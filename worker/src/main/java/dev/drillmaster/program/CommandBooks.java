package dev.drillmaster.program;

import dev.drillmaster.audit.Assurance;
import dev.drillmaster.audit.AuditBatch;
import dev.drillmaster.audit.AuditEntry;
import dev.drillmaster.audit.AuditEvent;
import dev.drillmaster.ledger.Ledger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The audit trail of commands that are about all runs and belong to none. */
final class CommandBooks {

  private final Ledger ledger;

  CommandBooks(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Writes what somebody did, and the state that follows from it.
   *
   * @param name who, as declared
   */
  void write(String name, AuditEvent event) {
    UUID command = UUID.randomUUID();
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    LocalDate month = now.atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    ledger.record(
        new AuditBatch(
            List.of(
                new AuditEntry(
                    command, command, command, month, now, name, Assurance.DECLARED, event))));
  }
}
