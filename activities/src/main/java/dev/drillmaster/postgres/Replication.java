package dev.drillmaster.postgres;

import dev.drillmaster.postgres.NodeObservation.NodeRole;
import dev.drillmaster.postgres.PostgresFailure.Kind;
import dev.drillmaster.process.FileTree;
import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes a server the standby of another one of this host, and sees that it is.
 *
 * @param standby the server that follows, or is going to
 */
public record Replication(PostgresServer standby) {

  private static final Duration KILL = Duration.ofSeconds(10);
  private static final Duration ORPHANS = Duration.ofSeconds(10);
  private static final long SYNC_SECONDS = 120;

  /**
   * Makes a new server, not yet started, from a fresh copy of the primary, which goes on working.
   * Interrupted, it leaves no data directory and can be done again.
   *
   * @param settings of the standby; limits such as {@code max_connections} must be at least those
   *     of the primary
   * @throws PostgresFailure if there is a data directory already, or the primary is none
   */
  public CopyReport createStandby(PostgresServer primary, PostgresSettings settings)
      throws IOException, SQLException, InterruptedException {
    if (standby.exists()) {
      throw new PostgresFailure(
          Kind.WRONG_STATE, standby.data() + " exists: let it rejoin, or use another home");
    }
    standby.prepareHome();
    standby.configure(settings);
    return replaceByCopyOf(primary);
  }

  /**
   * Brings a former primary, or any server of the same origin, back as a standby: sealed, killed,
   * replaced by a fresh copy, started, and seen to stream on the primary's timeline. Its own data,
   * and with it whatever only it has committed, is thrown away. Can be done again after an
   * interruption anywhere.
   *
   * @param bound how long it may take from its start until it streams
   */
  public Rejoined rejoin(PostgresServer primary, Duration bound)
      throws IOException, SQLException, InterruptedException {
    long begun = System.nanoTime();
    requireSameOrigin(primary);
    BaseCopy.requirePrimary(primary);
    if (standby.exists()) {
      standby.sealAsStandby();
      standby.kill(KILL);
    }
    CopyReport copy = replaceByCopyOf(primary);
    standby.start(ORPHANS);
    NodeObservation seen = awaitStreaming(primary, bound);
    return new Rejoined(copy, seen, Duration.ofNanos(System.nanoTime() - begun));
  }

  /**
   * Makes a stopped server follow the primary from where it is, without a copy: for one that was
   * shut down cleanly and whose every byte the primary has (see {@link RoleChange}). It is not
   * started.
   */
  public void follow(PostgresServer primary) throws IOException, SQLException {
    requireSameOrigin(primary);
    requireStopped();
    standby.recovery().follow(prepareUpstream(primary));
  }

  /**
   * Waits until the standby streams: itself says that it is in recovery and streams from that
   * primary on its timeline, and the primary says so, too.
   *
   * @return what the standby said
   * @throws PostgresFailure at once if the standby has ended, {@code BEHIND} after the bound
   */
  public NodeObservation awaitStreaming(PostgresServer primary, Duration bound)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + bound.toNanos();
    while (true) {
      NodeObservation here = standby.observe();
      NodeObservation there = primary.observe();
      if (streams(here, there, primary)) {
        return here;
      }
      if (!here.running()) {
        standby.awaitReady(Duration.ZERO);
      }
      if (System.nanoTime() >= end) {
        throw new PostgresFailure(
            Kind.BEHIND,
            "%s does not stream from %s after %d ms; standby: %s; primary: %s; see %s"
                .formatted(
                    standby.data(), primary.data(), bound.toMillis(), here, there, standby.log()));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Waits until the standby has replayed up to a position, so that its readers see it. */
  public NodeObservation waitForReplay(Lsn position, Duration bound)
      throws IOException, InterruptedException {
    NodeObservation[] seen = {standby.observe()};
    boolean reached =
        Poll.until(
            bound,
            () -> {
              seen[0] = standby.observe();
              return seen[0]
                  .role()
                  .flatMap(NodeRole::replayed)
                  .filter(replayed -> replayed.reaches(position))
                  .isPresent();
            });
    if (!reached) {
      throw new PostgresFailure(
          Kind.BEHIND,
          "%s has not replayed up to %s after %d ms: %s"
              .formatted(standby.data(), position, bound.toMillis(), seen[0]));
    }
    return seen[0];
  }

  /**
   * Whether the standby streams, as both servers say.
   *
   * @param here what was seen of the standby
   * @param there what was seen of the primary
   */
  public boolean streams(NodeObservation here, NodeObservation there, PostgresServer primary)
      throws IOException {
    if (here.role().isEmpty() || there.role().isEmpty()) {
      return false;
    }
    NodeRole follower = here.role().get();
    NodeRole leader = there.role().get();
    int port = primary.settings().replicationPort();
    String name = standby.settings().name();
    boolean says =
        follower.inRecovery()
            && follower.timeline() == leader.timeline()
            && follower
                .upstream()
                .filter(up -> up.port() == port && up.status().equals("streaming"))
                .isPresent();
    return says
        && !leader.inRecovery()
        && leader.downstreams().stream()
            .anyMatch(down -> down.name().equals(name) && down.state().equals("streaming"));
  }

  private CopyReport replaceByCopyOf(PostgresServer primary)
      throws IOException, SQLException, InterruptedException {
    requireStopped();
    Path fresh = standby.home().resolve("data.copying");
    Path replaced = standby.home().resolve("data.replaced");
    FileTree.delete(fresh);
    FileTree.delete(replaced);
    String upstream = prepareUpstream(primary);
    Files.createDirectory(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    BaseCopy copy = new BaseCopy(primary, fresh);
    CopyReport report = copy.run();
    // From its first instant as a data directory it is a standby's.
    new RecoveryFiles(fresh).follow(upstream);
    standby.account().own(fresh);
    sync(fresh);
    copy.complete();
    if (standby.exists()) {
      DurableFiles.rename(standby.data(), replaced);
    }
    DurableFiles.rename(fresh, standby.data());
    FileTree.delete(replaced);
    return report;
  }

  /** One call for the whole file system: a thousand single ones take several times as long. */
  private void sync(Path data) throws IOException, InterruptedException {
    if (standby.settings().durable()) {
      standby.runToEnd(
          "sync",
          List.of(
              standby.bin().resolve("initdb").toString(),
              "--sync-only",
              "--sync-method=syncfs",
              "--pgdata=" + data.toAbsolutePath()),
          SYNC_SECONDS,
          TimeUnit.SECONDS);
    }
  }

  /** Sees to it that the primary lets us in, and says how to reach it. */
  private String prepareUpstream(PostgresServer primary) throws IOException, SQLException {
    BaseCopy.requirePrimary(primary);
    ReplicationRole.ensure(primary);
    standby.account().own(standby.passwords().directory());
    return ReplicationRole.conninfo(primary, standby);
  }

  private void requireStopped() throws PostgresFailure {
    if (standby.isRunning()) {
      throw new PostgresFailure(
          Kind.STILL_RUNNING, standby.data() + " is in use by " + standby.members() + ": stop it");
    }
  }

  private void requireSameOrigin(PostgresServer primary) throws IOException {
    if (primary.home().toRealPath().equals(standby.home().toRealPath())) {
      throw new PostgresFailure(Kind.WRONG_STATE, standby.home() + " cannot follow itself");
    }
    if (standby.exists()
        && ControlFile.read(standby.data()).systemIdentifier()
            != ControlFile.read(primary.data()).systemIdentifier()) {
      throw new PostgresFailure(
          Kind.WRONG_STATE,
          "%s and %s are different databases: neither can follow the other"
              .formatted(standby.data(), primary.data()));
    }
  }
}
