package dev.drillmaster.postgres;

import dev.drillmaster.postgres.NodeObservation.NodeRole;
import dev.drillmaster.postgres.PostgresFailure.Kind;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Makes a primary of a standby, after a failure or as planned.
 *
 * <p>A planned hand-over loses nothing in this order: checkpoint the primary; seal it; stop it
 * {@link StopMode#FAST}; take its {@link #cleanShutdown}; let the standby {@link
 * #awaitEverythingFrom} it; promote; let the old primary {@link Replication#follow} the new one.
 *
 * @param server whose role is meant
 */
public record RoleChange(PostgresServer server) {

  /**
   * Promotes a standby and returns when it was seen to be writable. Does nothing if that was done
   * before, and reports it. The caller has fenced the old primary.
   *
   * <p>Does not use pg_promote's own waiting, which looks only every 100 ms.
   *
   * @throws PostgresFailure {@code SEALED} if it is fenced, {@code COULD_NOT_LOOK} if it does not
   *     answer, {@code BEHIND} if it is still a standby after the bound
   */
  public Promotion promote(Duration bound) throws IOException, SQLException, InterruptedException {
    long begun = System.nanoTime();
    if (server.isSealed()) {
      throw new PostgresFailure(
          Kind.SEALED, server.data() + " is fenced, so it must not be promoted; let it rejoin");
    }
    try (Connection session = server.connect("postgres", bound);
        Statement statement = session.createStatement()) {
      if (inRecovery(statement)) {
        statement.execute("SELECT pg_promote(wait => false)");
      }
      if (!Poll.until(bound, () -> !stillInRecovery(statement))) {
        throw new PostgresFailure(
            Kind.BEHIND,
            "%s is still a standby %d ms after its promotion was asked for; see %s"
                .formatted(server.data(), bound.toMillis(), server.log()));
      }
    }
    NodeRole role =
        server
            .observe()
            .role()
            .filter(NodeRole::writable)
            .orElseThrow(
                () ->
                    new PostgresFailure(
                        Kind.COULD_NOT_LOOK,
                        server.data() + " was promoted but not seen to be writable"));
    return history(role.timeline(), Duration.ofNanos(System.nanoTime() - begun));
  }

  /**
   * What the last orderly shutdown of this server, a primary, wrote last.
   *
   * @throws PostgresFailure if it runs, or did not end in good order as a primary
   */
  public CleanShutdown cleanShutdown() throws IOException {
    ControlFile control = ControlFile.read(server.data());
    if (server.isRunning() || control.state() != ControlFile.State.SHUT_DOWN) {
      throw new PostgresFailure(
          Kind.WRONG_STATE,
          "%s was not shut down in good order as a primary (%s), so nothing can be proven about what a standby has"
              .formatted(server.data(), control.state()));
    }
    return new CleanShutdown(control.systemIdentifier(), control.timeline(), control.checkpoint());
  }

  /**
   * Waits until this server, a standby, provably has everything that the primary ever committed.
   *
   * <p>Why this is a proof: the primary writes the shutdown checkpoint after all sessions and
   * before its end, so its record is the last of the log; a standby replays the log in order; and
   * the replay position is where the last record ended that was replayed <em>whole</em>. It is
   * therefore beyond the beginning of the checkpoint record only if that record, and all before it,
   * were replayed. The received position would not do: it may lie inside the record. That
   * PostgreSQL's log senders wait for the standby to confirm the record is no proof either, because
   * they do not wait if the connection is lost.
   *
   * @throws PostgresFailure {@code BEHIND} after the bound; do not promote then
   */
  public NodeObservation awaitEverythingFrom(CleanShutdown primary, Duration bound)
      throws IOException, InterruptedException {
    ControlFile control = ControlFile.read(server.data());
    if (control.systemIdentifier() != primary.systemIdentifier()) {
      throw new PostgresFailure(
          Kind.WRONG_STATE, server.data() + " is no standby of that primary: other origin");
    }
    Lsn beyond = new Lsn(primary.checkpoint().bytes() + 1);
    NodeObservation seen = new Replication(server).waitForReplay(beyond, bound);
    long timeline = seen.role().orElseThrow().timeline();
    if (timeline != primary.timeline()) {
      throw new PostgresFailure(
          Kind.WRONG_STATE,
          "%s is on timeline %d, the primary ended on %d: their positions do not compare"
              .formatted(server.data(), timeline, primary.timeline()));
    }
    return seen;
  }

  private static boolean stillInRecovery(Statement statement) throws IOException {
    try {
      return inRecovery(statement);
    } catch (SQLException lost) {
      throw new PostgresFailure(
          Kind.COULD_NOT_LOOK, "the server stopped answering while it was promoted", lost);
    }
  }

  private static boolean inRecovery(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** The last line of a timeline's history says where it left which other. */
  private Promotion history(long timeline, Duration took) throws IOException {
    List<Fork> forks = forks(timeline);
    if (forks.isEmpty()) {
      throw new PostgresFailure(
          Kind.WRONG_STATE,
          server.data() + " is a primary that was never promoted: it has no history of timelines");
    }
    Fork last = forks.get(forks.size() - 1);
    return new Promotion(timeline, last.oldTimeline(), last.at(), took);
  }

  /**
   * All timelines that led to this one, first to last.
   *
   * @param timeline the server's own
   * @return empty if it was never promoted
   */
  public List<Fork> forks(long timeline) throws IOException {
    Path file = server.data().resolve("pg_wal").resolve("%08X.history".formatted(timeline));
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.matches("\\s*\\d+\\s.*"))
        .map(line -> line.strip().split("\\s+", 3))
        .map(fields -> new Fork(Long.parseLong(fields[0]), Lsn.parse(fields[1])))
        .toList();
  }
}
