package dev.drillmaster.lab;

import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.journal.HostLock;
import dev.drillmaster.postgres.DataChecksums;
import dev.drillmaster.postgres.DiskRole;
import dev.drillmaster.postgres.NodeObservation;
import dev.drillmaster.postgres.PostgresFailure;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.postgres.PostgresSettings;
import dev.drillmaster.postgres.Replication;
import dev.drillmaster.target.PostgresTarget;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the two servers and starts them as what they are on disk. Who is to be primary is not
 * decided here: what is not obvious is left to {@link dev.drillmaster.system.Pair#settle}, and so
 * is every fenced node.
 *
 * @param nodes both
 */
record LabNodes(
    List<PostgresTarget> nodes, LabPorts ports, HostJournal journal, Consumer<String> say) {

  private static final Duration LOCK = Duration.ofSeconds(20);
  // Crash recovery replays up to half a gigabyte of log.
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration STREAMS = Duration.ofSeconds(10);

  /**
   * Makes the first server if there is none, starts what is down, and waits until it answers. If
   * there is only one server, the database of the services is made on it; that there are two proves
   * that this was done.
   */
  void open() throws IOException, SQLException, InterruptedException {
    if (nodes.stream().noneMatch(node -> node.server().exists())) {
      initialise(nodes.get(0));
    }
    List<PostgresTarget> started = new ArrayList<>();
    for (PostgresTarget node : nodes) {
      if (start(node)) {
        started.add(node);
      }
    }
    for (PostgresTarget node : nodes) {
      awaitReady(node, started.contains(node));
    }
    Optional<PostgresTarget> primary = primary();
    if (primary.isPresent() && !other(primary.get()).server().exists()) {
      LabDatabase.make(primary.get().server());
    }
  }

  /** Makes the standby if there is none, and gives one that is there the time to stream. */
  void follow() throws IOException, SQLException, InterruptedException {
    Optional<PostgresTarget> primary = primary();
    if (primary.isEmpty()) {
      return;
    }
    PostgresTarget standby = other(primary.get());
    if (!standby.server().exists()) {
      copy(primary.get(), standby);
    }
    NodeObservation seen = standby.server().observe();
    if (seen.running() && !seen.frozen() && standby.server().diskRole() == DiskRole.STANDBY) {
      awaitStreaming(standby, primary.get());
    }
  }

  @SuppressWarnings("try") // The lock is held, not used here.
  private void initialise(PostgresTarget node) throws IOException, InterruptedException {
    try (HostLock lock = journal.lockTarget(node.name(), LOCK)) {
      if (!fenced(node)) {
        say.accept("creating " + node.name());
        Leftovers.end(node.server().home());
        node.server().initialise(settings(node), DataChecksums.ON);
      }
    }
  }

  @SuppressWarnings("try") // The lock is held, not used here.
  private void copy(PostgresTarget primary, PostgresTarget standby)
      throws IOException, SQLException, InterruptedException {
    try (HostLock lock = journal.lockTarget(standby.name(), LOCK)) {
      if (fenced(standby)) {
        return;
      }
      say.accept("copying " + primary.name() + " to " + standby.name());
      Leftovers.end(standby.server().home());
      new Replication(standby.server()).createStandby(primary.server(), settings(standby));
    }
    awaitReady(standby, start(standby));
  }

  @SuppressWarnings("try") // The lock is held, not used here.
  private boolean start(PostgresTarget node) throws IOException, InterruptedException {
    try (HostLock lock = journal.lockTarget(node.name(), LOCK)) {
      if (!node.server().exists()
          || node.server().postmaster().isPresent()
          || fenced(node)
          || !mayStart(node.server())) {
        return false;
      }
      say.accept("starting " + node.name());
      node.server().configure(settings(node));
      node.start();
      return true;
    }
  }

  /** A sealed one is settle's; of two that would start as primary, nobody knows here which may. */
  private boolean mayStart(PostgresServer server) throws IOException {
    if (server.diskRole() == DiskRole.STANDBY) {
      return true;
    }
    for (PostgresTarget node : nodes) {
      PostgresServer each = node.server();
      if (!each.equals(server) && each.exists() && each.diskRole() == DiskRole.PRIMARY) {
        return false;
      }
    }
    return server.diskRole() == DiskRole.PRIMARY;
  }

  private void awaitReady(PostgresTarget node, boolean started)
      throws IOException, InterruptedException {
    NodeObservation seen = node.server().observe();
    if (!started && (seen.frozen() || !seen.postmasterRuns())) {
      return;
    }
    try {
      node.server().awaitReady(READY);
    } catch (PostgresFailure failure) {
      if (failure.kind() != PostgresFailure.Kind.DIED) {
        throw failure;
      }
      if (!started) {
        // It was already dying when it was seen to run.
        awaitReady(node, start(node));
      } else if (node.server().diskRole() == DiskRole.PRIMARY) {
        throw failure;
      } else {
        // A standby can be copied anew.
        say.accept(node.name() + ": " + failure.getMessage());
      }
    }
  }

  private void awaitStreaming(PostgresTarget standby, PostgresTarget primary)
      throws IOException, InterruptedException {
    try {
      new Replication(standby.server()).awaitStreaming(primary.server(), STREAMS);
    } catch (PostgresFailure notByItself) {
      say.accept(standby.name() + ": " + notByItself.getMessage());
    }
  }

  /** The one that was seen to take writes; empty if none or both were. */
  private Optional<PostgresTarget> primary() throws IOException {
    boolean first = nodes.get(0).server().observe().writable();
    boolean second = nodes.get(1).server().observe().writable();
    return first == second ? Optional.empty() : Optional.of(nodes.get(first ? 0 : 1));
  }

  private PostgresTarget other(PostgresTarget node) {
    return nodes.get(0).equals(node) ? nodes.get(1) : nodes.get(0);
  }

  private boolean fenced(PostgresTarget node) {
    return journal.fenceOf(node.name()).isPresent();
  }

  private PostgresSettings settings(PostgresTarget node) {
    return PostgresSettings.small(node.name(), ports.of(node.name()))
        .reachedByStandbysAt(ports.of(LabFiles.wal(node.name())));
  }
}
