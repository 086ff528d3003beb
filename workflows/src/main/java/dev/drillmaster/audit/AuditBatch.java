package dev.drillmaster.audit;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are written in one transaction, in order.
 *
 * @param entries at least one, all of one run
 * @param after the entry that the same writer wrote last before them, and must be there still; null
 *     if it wrote none, or does not know
 */
public record AuditBatch(List<AuditEntry> entries, @Nullable UUID after) {
  public AuditBatch {
    entries = List.copyOf(entries);
  }

  /** Entries of a writer that does not look whether earlier ones are there. */
  public AuditBatch(List<AuditEntry> entries) {
    this(entries, null);
  }
}
