package dev.drillmaster.postgres;

import java.io.IOException;

/** Why a server could not be installed, run, copied or given another role, and what to do. */
public final class PostgresFailure extends IOException {

  /** What kind of trouble it is, for callers that decide by it. */
  public enum Kind {
    /** No binaries for this operating system or processor. */
    UNSUPPORTED_HOST,
    /** The file system has not enough room. */
    NO_SPACE,
    /** No account was found under which PostgreSQL agrees to run, or it may not enter the home. */
    NO_ACCOUNT,
    /** The home holds no data directory, or holds one where none may be. */
    WRONG_STATE,
    /** Something else listens on the server's port. */
    PORT_TAKEN,
    /** The server ended while it should have started. */
    DIED,
    /** Processes of an earlier start still run. */
    STILL_RUNNING,
    /** The server runs but has not yet reached the point from which it answers. */
    RECOVERING,
    /** The server could not be asked: no answer in time, or refused. Nothing is known about it. */
    COULD_NOT_LOOK,
    /** The standby has not received, replayed or reported what it should have. */
    BEHIND,
    /** The server is fenced and must not become a primary. */
    SEALED
  }

  private final Kind kind;

  PostgresFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  PostgresFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of trouble it is. */
  public Kind kind() {
    return kind;
  }
}
