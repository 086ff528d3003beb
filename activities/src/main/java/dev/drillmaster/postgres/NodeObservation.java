package dev.drillmaster.postgres;

import java.util.List;
import java.util.Optional;

/**
 * What was seen of one server at one instant.
 *
 * @param processes how many processes work in its data directory, frozen ones included; 0 is the
 *     only proof that it does not run
 * @param postmasterRuns whether the parent of them is among them; if not, they are orphans, which
 *     go on committing for seconds
 * @param frozen whether any of them is stopped by a signal
 * @param reach how far asking it got
 * @param detail what was answered instead of an answer, for people; empty if it answered
 * @param role what it said about itself, if it answered
 */
public record NodeObservation(
    int processes,
    boolean postmasterRuns,
    boolean frozen,
    Reach reach,
    String detail,
    Optional<NodeRole> role) {

  /** How far asking a server got. */
  public enum Reach {
    /** No process of it runs. */
    NOT_RUNNING,
    /** It answered that it accepts no connections yet or any more (it recovers or shuts down). */
    REFUSED,
    /** It runs, but could not be asked: nothing is known about its role. */
    COULD_NOT_LOOK,
    /** It answered. */
    ANSWERED
  }

  /** What a server says about itself. */
  public record NodeRole(
      boolean inRecovery,
      boolean writable,
      long timeline,
      Optional<Lsn> flushed,
      Optional<Lsn> received,
      Optional<Lsn> replayed,
      boolean replayPaused,
      Optional<Upstream> upstream,
      List<Downstream> downstreams) {}

  /**
   * The server from which a standby receives the log.
   *
   * @param status {@code streaming} while it does
   */
  public record Upstream(String host, int port, String status) {}

  /**
   * A standby that receives the log from this server.
   *
   * @param name of the standby, see {@link PostgresSettings#name}
   * @param state {@code streaming} once it has caught up
   * @param mode {@code async}, {@code sync}, {@code potential} or {@code quorum}
   */
  public record Downstream(
      String name, String state, Optional<Lsn> flushed, Optional<Lsn> replayed, String mode) {}

  /** Whether any process of the server runs, frozen or not. */
  public boolean running() {
    return processes > 0;
  }

  /** Whether it answered a query. */
  public boolean acceptsConnections() {
    return reach == Reach.ANSWERED;
  }

  /** Whether it was seen to accept writes. */
  public boolean writable() {
    return role.filter(NodeRole::writable).isPresent();
  }

  /** Whether it was seen to be a standby. */
  public boolean inRecovery() {
    return role.filter(NodeRole::inRecovery).isPresent();
  }

  /**
   * Whether it certainly takes no writes now: it is down, or it answered that it is read-only. A
   * server that could not be asked may be writing.
   */
  public boolean certainlyNotWritable() {
    return !running() || role.filter(known -> !known.writable()).isPresent();
  }
}
