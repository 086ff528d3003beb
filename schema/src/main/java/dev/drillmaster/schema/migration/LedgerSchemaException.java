package dev.drillmaster.schema.migration;

import org.jspecify.annotations.Nullable;

/** The ledger database could not be prepared. The message says what is wrong and what to do. */
public final class LedgerSchemaException extends RuntimeException {

  LedgerSchemaException(String message) {
    super(message);
  }

  LedgerSchemaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
