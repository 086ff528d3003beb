package dev.drillmaster.audit;

import java.util.List;

/**
 * Entries that are written in one transaction, in order.
 *
 * @param entries at least one, all of one run
 */
public record AuditBatch(List<AuditEntry> entries) {
  public AuditBatch {
    entries = List.copyOf(entries);
  }
}
