package dev.drillmaster.journal;

import java.io.IOException;

/** A lock was not free in time; the message says who holds it. */
public final class LockTimeoutException extends IOException {
  LockTimeoutException(String message) {
    super(message);
  }
}
